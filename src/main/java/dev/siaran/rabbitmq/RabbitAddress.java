package dev.siaran.rabbitmq;

import dev.siaran.spi.BrokerSettings;
import java.net.URI;
import java.util.List;

/**
 * Where the server is and as whom to talk to it. Prints as host, port and virtual host only: no secret reaches a log.
 *
 * @param virtualHost {@code /} where the URI has none
 */
record RabbitAddress(String host, int port, boolean tls, String user, String password, String virtualHost) {

    static final String KEY = "siaran.rabbitmq.uri";

    static RabbitAddress read(BrokerSettings settings) {
        URI uri = settings.uri(KEY, "amqp://guest:guest@127.0.0.1:5672", List.of("amqp", "amqps"));
        boolean tls = uri.getScheme().equalsIgnoreCase("amqps");
        String host = uri.getHost();
        String rawPath = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (host == null || rawPath.lastIndexOf('/') > 0 || uri.getQuery() != null || uri.getFragment() != null) {
            throw refused("");
        }
        String login = uri.getUserInfo() == null ? "guest:guest" : uri.getUserInfo();
        int colon = login.indexOf(':');
        if (colon <= 0) {
            throw refused("; a user comes with a password, after a colon");
        }
        return new RabbitAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() >= 0 ? uri.getPort() : tls ? 5671 : 5672,
                tls,
                login.substring(0, colon),
                login.substring(colon + 1),
                rawPath.length() < 2 ? "/" : uri.getPath().substring(1));
    }

    /** Does not show the value: what is wrong with it may be a password that was not escaped. */
    private static IllegalArgumentException refused(String hint) {
        return new IllegalArgumentException(
                KEY + " is not of the form amqp://user:password@host:port/virtual-host or amqps://..." + hint
                        + "; a slash in a name is %2F");
    }

    @Override
    public String toString() {
        String where = (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        return virtualHost.equals("/") ? where : where + " (virtual host " + virtualHost + ')';
    }
}
