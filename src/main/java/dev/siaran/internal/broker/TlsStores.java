package dev.siaran.internal.broker;

import dev.siaran.spi.BrokerSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection trusts, and as whom it shows itself. The files are read anew for each context, so that certificates can be
 * replaced while the application runs.
 *
 * @param trusted {@code <prefix>.trust-store}; null for what the JVM trusts
 * @param own {@code <prefix>.key-store}; null for no certificate of the client's
 */
public record TlsStores(@Nullable KeyFile trusted, @Nullable KeyFile own) {

    /** Reads the keys, not yet the files. */
    public static TlsStores read(BrokerSettings settings, String prefix) {
        return new TlsStores(
                KeyFile.read(settings, prefix + ".trust-store").orElse(null),
                KeyFile.read(settings, prefix + ".key-store").orElse(null));
    }

    /**
     * Refuses files that are of no use, or that cannot be read.
     *
     * @param used whether TLS is asked for
     * @param where where they would be of use, for people
     */
    public void check(boolean used, String where) {
        KeyFile unused = trusted == null ? own : trusted;
        if (!used && unused != null) {
            throw new IllegalArgumentException(unused.key() + " is \"" + unused + "\"; allowed only where " + where);
        }
        if (used) {
            try {
                context();
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one cannot be used; the message names the key and the path
     */
    public SSLContext context() throws IOException {
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
}
