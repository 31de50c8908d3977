package dev.siaran.redis;

import dev.siaran.spi.BrokerSettings;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection trusts, and as whom it shows itself. The files are read anew for each connection, so that certificates
 * can be replaced while the application runs.
 *
 * @param trusted {@code siaran.redis.tls.trust-store}; null for what the JVM trusts
 * @param own {@code siaran.redis.tls.key-store}; null for no certificate of the client's
 */
record RedisTls(@Nullable KeyFile trusted, @Nullable KeyFile own) {

    private static final String TRUST_STORE = "siaran.redis.tls.trust-store";
    private static final String KEY_STORE = "siaran.redis.tls.key-store";

    /** Reads the keys, not yet the files. */
    static RedisTls read(BrokerSettings settings) {
        return new RedisTls(
                KeyFile.read(settings, TRUST_STORE).orElse(null),
                KeyFile.read(settings, KEY_STORE).orElse(null));
    }

    /**
     * Refuses files that are of no use, or that cannot be read.
     *
     * @param used whether any URI asks for TLS
     */
    void check(boolean used) {
        KeyFile unused = trusted == null ? own : trusted;
        if (!used && unused != null) {
            throw new IllegalArgumentException(unused.key() + " is \"" + unused + "\"; allowed only where "
                    + RedisAddress.KEY + ", " + Deployment.SENTINEL_NODES + " or " + Deployment.CLUSTER_NODES
                    + " has rediss://");
        }
        if (used) {
            try {
                context();
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    private SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException, IOException {
        if (trusted == null) {
            return null;
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted.open());
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException, IOException {
        if (own == null) {
            return null;
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own.open(), own.secret());
        return factory.getKeyManagers();
    }

    /** Takes a connection over; closes it if the server cannot be trusted, or does not trust us. */
    Socket secure(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(plain, host, port, true);
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
