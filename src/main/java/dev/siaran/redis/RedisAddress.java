package dev.siaran.redis;

import dev.siaran.spi.BrokerSettings;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the server is and as whom to talk to it. Prints as host and port only: no secret reaches a log. */
record RedisAddress(
        String host,
        int port,
        boolean tls,
        @Nullable String user,
        @Nullable String password,
        int database) {

    static final String KEY = "siaran.redis.uri";

    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,5}");

    static RedisAddress read(BrokerSettings settings) {
        return of(KEY, settings.uri(KEY, "redis://127.0.0.1:6379", List.of("redis", "rediss")));
    }

    /** @param key what the URI is the value of */
    static RedisAddress of(String key, URI uri) {
        String host = uri.getHost();
        String path = uri.getPath();
        if (host == null || !DATABASE.matcher(path).matches() || uri.getQuery() != null || uri.getFragment() != null) {
            throw refused(key, "");
        }
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        if (login != null && colon < 0) {
            throw refused(key, "; a password follows a colon, also where there is no user");
        }
        return new RedisAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? 6379 : uri.getPort(),
                uri.getScheme().equalsIgnoreCase("rediss"),
                login == null || colon == 0 ? null : login.substring(0, colon),
                login == null ? null : login.substring(colon + 1),
                path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)));
    }

    /** Another server with the same login. */
    RedisAddress at(String otherHost, int otherPort) {
        return new RedisAddress(otherHost, otherPort, tls, user, password, database);
    }

    /** Does not show the value: what is wrong with it may be a password that was not escaped. */
    private static IllegalArgumentException refused(String key, String hint) {
        return new IllegalArgumentException(
                key + " is not of the form redis://user:password@host:port/database or rediss://..." + hint);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
