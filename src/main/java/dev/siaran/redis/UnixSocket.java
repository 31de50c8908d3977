package dev.siaran.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A Unix domain socket, as far as Jedis uses a {@link Socket}: the JDK has it as a channel only, and a channel knows no
 * timeout.
 *
 * <p>One thread may read while another writes; any may close.
 */
final class UnixSocket extends Socket {

    private final UnixDomainSocketAddress address;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;

    // Set by any thread.
    private volatile int timeoutMillis;
    private volatile boolean closed;

    private UnixSocket(UnixDomainSocketAddress address, SocketChannel channel, Selector readable, Selector writable) {
        this.address = address;
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    static UnixSocket connect(String path) throws IOException {
        var address = UnixDomainSocketAddress.of(path);
        SocketChannel channel = SocketChannel.open(address);
        try {
            channel.configureBlocking(false);
            var socket = new UnixSocket(address, channel, Selector.open(), Selector.open());
            channel.register(socket.readable, SelectionKey.OP_READ);
            channel.register(socket.writable, SelectionKey.OP_WRITE);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : receive(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                send(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    private int receive(ByteBuffer into) throws IOException {
        long start = System.nanoTime();
        int count = channel.read(into);
        while (count == 0) {
            long left = 0;
            if (timeoutMillis > 0) {
                left = timeoutMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                if (left <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
            }
            await(readable, left);
            count = channel.read(into);
        }
        return count;
    }

    /** Waits as long as the server takes nothing, as a socket does. */
    private void send(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (channel.write(from) == 0) {
                await(writable, 0);
            }
        }
    }

    private void await(Selector selector, long millis) throws IOException {
        try {
            selector.select(key -> {}, millis);
        } catch (ClosedSelectorException e) {
            throw new SocketException("Socket closed");
        }
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Also ends a read or write that is under way: closing a channel alone does not wake who waits for it. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
        readable.close();
        writable.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
