package dev.siaran.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a list of servers: URIs with commas between them. */
final class NodeList {

    private NodeList() {}

    /**
     * Messages do not show the values: what is wrong with one may be a password that was not escaped.
     *
     * @param tls for those that ask for it
     */
    static List<RedisAddress> read(String key, String text, RedisTls tls) {
        List<RedisAddress> nodes = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            RedisAddress node = RedisAddress.of(key, uri(key, part.trim()), tls);
            if (node.database() != 0) {
                throw refused(key);
            }
            nodes.add(node);
        }
        return List.copyOf(nodes);
    }

    private static URI uri(String key, String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getPath() == null || !List.of("redis", "rediss").contains(scheme)) {
                throw refused(key);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw refused(key);
        }
    }

    private static IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(
                key + " is not a list of redis://host:port or rediss://host:port with commas between them;"
                        + " a comma within a password is written %2C");
    }
}
