package dev.siaran.bench.load;

import java.net.InetSocketAddress;

/** {@code PUBLISH}, to Redis or to a process that understands the same. */
final class RedisProtocol implements Protocol {

    private final InetSocketAddress address;
    private final String channel;

    private boolean lineStart = true;

    RedisProtocol(InetSocketAddress address, String channel) {
        this.address = address;
        this.channel = channel;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Message message(int dataSize) {
        String head = "*3\r\n$7\r\nPUBLISH\r\n$" + channel.length() + "\r\n" + channel + "\r\n$" + dataSize + "\r\n";
        return Message.of(head, dataSize, "\r\n");
    }

    @Override
    public int maxUnanswered() {
        return 4096;
    }

    @Override
    public int answer(byte b) {
        boolean first = lineStart;
        lineStart = b == '\n';
        return !first ? 0 : b == ':' ? 1 : b == '-' ? -1 : 0;
    }
}
