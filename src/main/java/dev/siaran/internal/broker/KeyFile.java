package dev.siaran.internal.broker;

import dev.siaran.spi.BrokerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key store and how to open it. Prints without its password.
 *
 * @param key the name of the key that has the path; those of password and type begin with it
 * @param type null to find it out from the file
 */
public record KeyFile(
        String key,
        Path path,
        @Nullable String password,
        @Nullable String type) {

    public static Optional<KeyFile> read(BrokerSettings settings, String key) {
        Optional<String> path = settings.text(key);
        String password = settings.text(key + "-password").orElse(null);
        String type = settings.text(key + "-type").orElse(null);
        if (path.isEmpty()) {
            if (password != null || type != null) {
                throw new IllegalArgumentException(key + " is missing, but " + key
                        + (password != null ? "-password" : "-type") + " is there; allowed are all or none");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyFile(key, Path.of(path.get()), password, type));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    key + " is \"" + path.get() + "\"; allowed is the path of a key store", e);
        }
    }

    public char @Nullable [] secret() {
        return password == null ? null : password.toCharArray();
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be opened; the message names the key and the path
     */
    public KeyStore open() throws IOException {
        try {
            KeyStore store = load();
            if (store.size() == 0) {
                throw new IOException("it shows no entry; one of PKCS12 shows none without its password");
            }
            return store;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IOException(
                    key + " is \"" + path + "\"; allowed is a key store that " + key + "-password opens: "
                            + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        if (type == null) {
            return KeyStore.getInstance(path.toFile(), secret());
        }
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, secret());
        }
        return store;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
