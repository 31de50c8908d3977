package dev.siaran.bench.load;

import dev.siaran.it.load.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Publishes over one connection and counts the answers. For the loop's thread. */
final class Feed implements Loop.Handler {

    private final Loop loop;
    private final Protocol protocol;
    private final Protocol.Message message;
    private final int dataSize;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer output;

    private long published;
    private long answered;
    private long refused;

    Feed(Loop loop, Protocol protocol, int dataSize) throws IOException {
        this.loop = loop;
        this.protocol = protocol;
        this.dataSize = dataSize;
        message = protocol.message(dataSize);
        output = ByteBuffer.allocateDirect(Math.max(1 << 20, message.bytes().length * 4));
        channel = SocketChannel.open(protocol.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    /** Whether one more may be published now. */
    boolean hasRoom() {
        return output.remaining() >= message.bytes().length && published - answered < protocol.maxUnanswered();
    }

    /** Publishes the next event. */
    void publish(long stamp) {
        EventData.write(message.bytes(), message.dataOffset(), dataSize, published, stamp);
        output.put(message.bytes());
        published++;
        flush();
    }

    /** How many were published: the number of the next event. */
    long published() {
        return published;
    }

    /** How many were not taken. */
    long refused() {
        return refused;
    }

    private void flush() {
        try {
            output.flip();
            channel.write(output);
            output.compact();
            int interest = SelectionKey.OP_READ | (output.position() > 0 ? SelectionKey.OP_WRITE : 0);
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("publishing failed", e);
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        if (ready.isWritable()) {
            flush();
        }
        try {
            int length;
            while ((length = loop.read(channel)) > 0) {
                count(length);
            }
            if (length < 0) {
                throw new IOException("the connection ended after " + answered + " answers");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("publishing failed", e);
        }
    }

    private void count(int length) {
        byte[] bytes = loop.bytes();
        for (int i = 0; i < length; i++) {
            int answer = protocol.answer(bytes[i]);
            answered += Math.abs(answer);
            refused += answer < 0 ? 1 : 0;
        }
    }
}
