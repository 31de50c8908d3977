package dev.siaran.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/** A key with its own certificate for 127.0.0.1, made by the JDK's {@code keytool}, in the forms that the two sides read. */
final class Certificates {

    static final String PASSWORD = "changeit-s3cret";

    private final Path folder;
    private final String name;
    private final KeyStore store;

    Certificates(Path folder, String name) throws Exception {
        this.folder = folder;
        this.name = name;
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
        store = KeyStore.getInstance(Path.of(keyStore()).toFile(), PASSWORD.toCharArray());
    }

    /** The key with its certificate, PKCS12. */
    String keyStore() {
        return folder.resolve(name + ".p12").toString();
    }

    /** The certificate alone, in a store of a type. */
    String trustStore(String type) throws Exception {
        Path file = folder.resolve(name + "-trust." + type);
        KeyStore trust = KeyStore.getInstance(type);
        trust.load(null, null);
        trust.setCertificateEntry(name, store.getCertificate(name));
        try (var out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file.toString();
    }

    String certificatePem() throws Exception {
        Certificate certificate = store.getCertificate(name);
        return pem("crt", "CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() throws Exception {
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
