package dev.siaran.internal.config;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Where the value of a key comes from. */
@FunctionalInterface
interface ConfigSource {

    /** The value, null if the key is absent. */
    @Nullable
    String get(String key);

    /** MicroProfile Config where the server has it, else system properties and environment variables. */
    static ConfigSource ofServer() {
        try {
            return MicroProfile.open();
        } catch (LinkageError | RuntimeException absent) {
            return ofProcess();
        }
    }

    /** System properties, then environment variables: {@code siaran.redis.uri} is {@code SIARAN_REDIS_URI}. */
    static ConfigSource ofProcess() {
        return key -> {
            String property = System.getProperty(key);
            return property != null ? property : System.getenv(environmentName(key));
        };
    }

    private static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Kept apart, so that nothing of MicroProfile is loaded where it is absent. */
    final class MicroProfile {

        private MicroProfile() {}

        static ConfigSource open() {
            var config = ConfigProvider.getConfig();
            return key -> {
                Optional<String> value = config.getOptionalValue(key, String.class);
                return value.orElse(null);
            };
        }
    }
}
