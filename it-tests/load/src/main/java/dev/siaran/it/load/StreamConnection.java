package dev.siaran.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of a client, from its request to its end. For the loop's thread. */
public final class StreamConnection implements Loop.Handler {

    /** What a client that does not read takes all the same, in the kernel. */
    private static final int STALLED_BUFFER = 64 << 10;

    private final StreamListener listener;
    private final Loop loop;
    private final EventParser events;
    private final ResponseParser response;
    private final byte[] request;
    private final SocketChannel channel;
    private final SelectionKey key;

    private boolean stalled;
    private boolean ended;

    /**
     * Begins to connect.
     *
     * @param number which client it is
     * @param lastId the last id that the client has seen, empty for none
     * @param stalls whether it does not read after the head
     * @throws IOException if there is nobody to connect to; the listener hears nothing then
     */
    public StreamConnection(
            StreamListener listener, int number, Loop loop, Server server, byte[] lastId, boolean stalls)
            throws IOException {
        this.listener = listener;
        this.loop = loop;
        this.events = new EventParser(listener);
        this.response = new ResponseParser(events);
        this.request = ResponseParser.request(server.host(), server.path(), lastId);
        this.stalled = stalls;
        channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (stalls) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_BUFFER);
            }
            channel.bind(new InetSocketAddress(server.sourceFor(number), 0));
            key = loop.register(channel, SelectionKey.OP_CONNECT, this);
            channel.connect(server.address());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                sendRequest();
            } else {
                readAll();
            }
        } catch (IOException e) {
            end();
        }
    }

    private void sendRequest() throws IOException {
        channel.finishConnect();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("a request of " + request.length + " bytes does not fit in a socket's buffer");
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void readAll() throws IOException {
        int length;
        do {
            length = loop.read(channel);
            if (length < 0) {
                end();
                return;
            }
            boolean hadHead = response.status() != 0;
            listener.reading();
            response.parse(loop.bytes(), length);
            if (!hadHead && response.status() != 0) {
                listener.opened(response.status());
                if (stalled) {
                    key.interestOps(0);
                    return;
                }
            }
            if (response.isEnded()) {
                end();
                return;
            }
        } while (length == loop.bytes().length);
    }

    /** Reads again, if it did not. */
    public void thaw() {
        if (!ended && stalled) {
            stalled = false;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private void end() {
        if (!ended) {
            close();
            listener.ended();
        }
    }

    /** Drops the connection without a word. */
    public void close() {
        ended = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the last event that was complete; empty if none had one. */
    public byte[] lastId() {
        return events.lastId();
    }
}
