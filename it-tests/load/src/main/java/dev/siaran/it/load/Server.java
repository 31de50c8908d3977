package dev.siaran.it.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where the streams are.
 *
 * @param address the listener
 * @param path what is asked for
 * @param sources how many loopback addresses the connections come from: each has some 28,000 ports, and a port rests for a
 *     minute after use
 */
public record Server(InetSocketAddress address, String path, int sources) {

    private static final int SOURCES = 8;

    /** The server of a stream. */
    public static Server at(URI url) {
        return new Server(new InetSocketAddress(url.getHost(), url.getPort()), url.getRawPath(), SOURCES);
    }

    /** The address, as a request names it. */
    public String host() {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Where a client connects from. */
    public InetAddress sourceFor(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + number % sources)});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
