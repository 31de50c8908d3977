package dev.siaran.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate that the build has made for this module's server, with its key. */
public final class Certificate {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;
    private final String alias;

    private Certificate(KeyStore store) throws GeneralSecurityException {
        this.store = store;
        this.alias = store.aliases().nextElement();
    }

    /** Reads it. */
    public static Certificate load() {
        Path file = Path.of(System.getProperty("siaran.it.certificate"));
        try (var in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return new Certificate(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    /** What a client that trusts this certificate, and no other, connects with. */
    public SSLContext trusted() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(alias, store.getCertificate(alias));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate cannot be trusted", e);
        }
    }

    /** Certificate and key, as proxies want them. */
    public String pem() {
        try {
            return pem("CERTIFICATE", store.getCertificate(alias).getEncoded())
                    + pem("PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key cannot be read", e);
        }
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + type
                + "-----\n";
    }
}
