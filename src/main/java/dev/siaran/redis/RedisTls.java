package dev.siaran.redis;

import dev.siaran.internal.broker.TlsStores;
import dev.siaran.spi.BrokerSettings;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Secures connections.
 *
 * @param stores {@code siaran.redis.tls.*}
 */
record RedisTls(TlsStores stores) {

    /** Reads the keys, not yet the files. */
    static RedisTls read(BrokerSettings settings) {
        return new RedisTls(TlsStores.read(settings, "siaran.redis.tls"));
    }

    /**
     * Refuses files that are of no use, or that cannot be read.
     *
     * @param used whether any URI asks for TLS
     */
    void check(boolean used) {
        stores.check(
                used,
                RedisAddress.KEY + ", " + Deployment.SENTINEL_NODES + " or " + Deployment.CLUSTER_NODES
                        + " has rediss://");
    }

    /** Takes a connection over; closes it if the server cannot be trusted, or does not trust us. */
    Socket secure(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) stores.context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // without it any trusted certificate would do
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            throw new SSLException("TLS failed, see siaran.redis.tls.*: " + e.getMessage(), e);
        }
        return socket;
    }
}
