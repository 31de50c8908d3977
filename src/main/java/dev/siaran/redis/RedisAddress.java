package dev.siaran.redis;

import dev.siaran.spi.BrokerSettings;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and as whom to talk to it. Prints as host and port, or path, only: no secret reaches a log.
 *
 * @param host a name or address, or the path of a Unix domain socket, which begins with a slash
 * @param tls null for none
 */
record RedisAddress(
        String host,
        int port,
        @Nullable RedisTls tls,
        @Nullable String user,
        @Nullable String password,
        int database) {

    static final String KEY = "siaran.redis.uri";

    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,5}");
    private static final Pattern PARAMETER = Pattern.compile("db=[0-9]{1,5}");

    /** @param tls for a URI that asks for it */
    static RedisAddress read(BrokerSettings settings, RedisTls tls) {
        URI uri = settings.uri(KEY, "redis://127.0.0.1:6379", List.of("redis", "rediss", "unix"));
        return uri.getScheme().equalsIgnoreCase("unix") ? ofSocket(uri) : of(KEY, uri, tls);
    }

    /** {@code unix://user:password@/path?db=0}: a path may have any number in it, so the database is a parameter. */
    private static RedisAddress ofSocket(URI uri) {
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        String query = uri.getQuery() == null ? "db=0" : uri.getQuery();
        boolean hasLogin = authority.endsWith("@") && authority.indexOf(':') >= 0;
        if (!(authority.isEmpty() || hasLogin) || !PARAMETER.matcher(query).matches() || uri.getFragment() != null) {
            throw refused(KEY, "; a socket's is unix://user:password@/path?db=0");
        }
        int colon = authority.indexOf(':');
        return new RedisAddress(
                uri.getPath(),
                0,
                null,
                colon > 0 ? authority.substring(0, colon) : null,
                hasLogin ? authority.substring(colon + 1, authority.length() - 1) : null,
                Integer.parseInt(query.substring(3)));
    }

    /**
     * @param key what the URI is the value of
     * @param tls for a URI that asks for it
     */
    static RedisAddress of(String key, URI uri, RedisTls tls) {
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
                uri.getScheme().equalsIgnoreCase("rediss") ? tls : null,
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
                key + " is not of the form redis://user:password@host:port/database or rediss://..."
                        + (key.equals(KEY) ? " or unix:///path" : "") + hint);
    }

    boolean isUnix() {
        return host.startsWith("/");
    }

    @Override
    public String toString() {
        return isUnix() ? host : (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
