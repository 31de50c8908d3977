package dev.siaran.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** The one thread's selector, and the buffer that all connections share while they are read. For one thread. */
public final class Loop implements AutoCloseable {

    /** What a key has attached. */
    public interface Handler {

        /** The channel is ready for something that the key is interested in. */
        void ready(SelectionKey key);
    }

    private final Selector selector;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(256 << 10);
    private final byte[] bytes = new byte[direct.capacity()];

    /** A loop without anything to read. */
    public Loop() throws IOException {
        selector = Selector.open();
    }

    /** Handles a channel from now on, for some of {@link SelectionKey}'s operations. */
    public SelectionKey register(SocketChannel channel, int operations, Handler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    /** Does what is ready; waits for something if nothing is. */
    public void turn(long maxMillis) {
        try {
            if (maxMillis > 0) {
                selector.select(Loop::dispatch, maxMillis);
            } else {
                selector.selectNow(Loop::dispatch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.isValid()) {
            ((Handler) key.attachment()).ready(key);
        }
    }

    /** Reads into {@link #bytes}; answers as {@link SocketChannel#read}. */
    public int read(SocketChannel channel) throws IOException {
        direct.clear();
        int length = channel.read(direct);
        if (length > 0) {
            direct.flip();
            direct.get(bytes, 0, length);
        }
        return length;
    }

    /** What was read last, up to the length that {@link #read} has answered. */
    public byte[] bytes() {
        return bytes;
    }

    /** Ends the turn that waits, or the next one. Any thread may call it. */
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
