package dev.siaran.internal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A key with a certificate for 127.0.0.1, and the authority that has signed it and nothing else, made by the JDK's {@code keytool},
 * in the forms that the two sides read.
 */
public final class Certificates {

    public static final String PASSWORD = "changeit-s3cret";

    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final String name;
    private final KeyStore store;
    private final Certificate authority;

    public Certificates(Path folder, String name) throws Exception {
        this.folder = folder;
        this.name = name;
        generate(AUTHORITY, "bc:critical=ca:true");
        generate(name, "san=ip:127.0.0.1", "-signer", AUTHORITY);
        store = KeyStore.getInstance(Path.of(keyStore()).toFile(), PASSWORD.toCharArray());
        authority = store.getCertificate(AUTHORITY);
        // RabbitMQ, or rather Erlang, refuses who shows the authority's own
        store.deleteEntry(AUTHORITY);
        save(store, Path.of(keyStore()));
    }

    private void generate(String alias, String extension, String... further) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=" + alias + " of " + name,
                "-ext",
                extension));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    private static void save(KeyStore store, Path file) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    /** The key with its certificate, PKCS12. */
    public String keyStore() {
        return folder.resolve(name + ".p12").toString();
    }

    /** The authority's certificate alone, in a store of a type. */
    public String trustStore(String type) throws Exception {
        Path file = folder.resolve(name + "-trust." + type);
        KeyStore trust = KeyStore.getInstance(type);
        trust.load(null, null);
        trust.setCertificateEntry(AUTHORITY, authority);
        save(trust, file);
        return file.toString();
    }

    public String authorityPem() throws Exception {
        return pem("authority.crt", "CERTIFICATE", authority.getEncoded());
    }

    public String certificatePem() throws Exception {
        return pem("crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
    }

    public String keyPem() throws Exception {
        return pem(
                "key", "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    private String pem(String suffix, String label, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Path file = folder.resolve(name + '.' + suffix);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
        return file.toString();
    }
}
