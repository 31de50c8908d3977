package dev.siaran.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** One hostile connection. For the loop's thread. */
final class Attacker implements Loop.Handler {

    /** What it does. */
    enum Kind {
        /** Sends its request a byte at a time, and never ends it. */
        SLOW_LORIS,
        /** Asks for a stream and never reads. */
        DEAF,
        /** Asks for a stream and is gone. */
        DROP_AT_ONCE,
        /** Asks for a stream, and is gone once it has opened. */
        DROP_WHEN_OPEN
    }

    private static final int SMALL_BUFFER = 4096;

    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger();

    private final Kind kind;
    private final Loop loop;
    private final byte[] request;
    private final SocketChannel channel;
    private final SelectionKey key;

    private int sent;
    private boolean connected;
    private boolean ended;

    /** Begins to connect. */
    Attacker(Kind kind, Loop loop, Server server, int number) throws IOException {
        this.kind = kind;
        this.loop = loop;
        String head =
                "GET " + server.path() + " HTTP/1.1\r\nHost: " + server.host() + "\r\nAccept: text/event-stream\r\n";
        request = (head + (kind == Kind.SLOW_LORIS ? "X-Endless: " : "\r\n")).getBytes(StandardCharsets.US_ASCII);
        channel = connecting(server, number, kind == Kind.DEAF);
        key = loop.register(channel, SelectionKey.OP_CONNECT, this);
    }

    /** From a port that is named: of thousands that rest after a connection the kernel is slow to find one. */
    private static SocketChannel connecting(Server server, int number, boolean small) throws IOException {
        InetAddress source = server.sourceFor(number);
        for (int i = 0; i < PORTS; i++) {
            SocketChannel channel = SocketChannel.open();
            try {
                if (small) {
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
                }
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(source, FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS));
                channel.configureBlocking(false);
                channel.connect(server.address());
                return channel;
            } catch (BindException e) {
                // One that stays, or has left this moment, has it
                channel.close();
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
        throw new BindException("no port of " + source + " is free");
    }

    /** Whether the other side has accepted it. */
    boolean isConnected() {
        return connected;
    }

    /** Whether it is over, as far as it can tell. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                connected = true;
                begin();
            } else if (loop.read(channel) < 0 || kind == Kind.DROP_WHEN_OPEN) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    private void begin() throws IOException {
        switch (kind) {
            case SLOW_LORIS -> key.interestOps(SelectionKey.OP_READ);
            case DEAF -> {
                channel.write(ByteBuffer.wrap(request));
                key.interestOps(0);
            }
            case DROP_AT_ONCE -> {
                channel.write(ByteBuffer.wrap(request));
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                close();
            }
            case DROP_WHEN_OPEN -> {
                channel.write(ByteBuffer.wrap(request));
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    /** Sends one more byte. */
    void drip() {
        if (!connected || ended) {
            return;
        }
        byte next = sent < request.length ? request[sent] : (byte) 'x';
        sent++;
        try {
            channel.write(ByteBuffer.wrap(new byte[] {next}));
        } catch (IOException e) {
            close();
        }
    }

    /** Drops the connection. */
    void close() {
        ended = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
