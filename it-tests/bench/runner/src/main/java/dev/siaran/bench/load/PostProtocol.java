package dev.siaran.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;

/** HTTP POST, pipelined on one connection. */
final class PostProtocol implements Protocol {

    private static final byte[] STATUS = EventData.ascii("HTTP/1.1 ");

    private final URI url;

    private int matched;

    PostProtocol(URI url) {
        this.url = url;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    @Override
    public Message message(int dataSize) {
        String head = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: text/plain\r\nContent-Length: " + dataSize + "\r\n\r\n";
        return Message.of(head, dataSize, "");
    }

    @Override
    public int maxUnanswered() {
        return 64;
    }

    @Override
    public int answer(byte b) {
        if (matched == STATUS.length) {
            matched = 0;
            return b == '2' ? 1 : -1;
        }
        matched = b == STATUS[matched] ? matched + 1 : b == STATUS[0] ? 1 : 0;
        return 0;
    }
}
