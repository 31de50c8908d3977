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
 * @param network 127.0.this, where the connections come from
 * @param sources how many loopback addresses of it they come from: each has some 28,000 ports, and a port rests for a
 *     minute after use
 */
public record Server(InetSocketAddress address, String path, int network, int sources) {

    private static final int SOURCES = 8;

    /** The server of a stream. */
    public static Server at(URI url) {
        return new Server(new InetSocketAddress(url.getHost(), url.getPort()), url.getRawPath(), 0, SOURCES);
    }

    /** The same server, for others than its clients: from so many addresses that no client has. */
    public Server forStrangers(int addresses) {
        return new Server(address, path, network + 1, addresses);
    }

    /** The address, as a request names it. */
    public String host() {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Where a client connects from. */
    public InetAddress sourceFor(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) network, (byte) (2 + number % sources)});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
