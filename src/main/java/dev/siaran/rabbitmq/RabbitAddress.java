package dev.siaran.rabbitmq;

import dev.siaran.spi.BrokerSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the servers are and as whom to talk to them. Prints as hosts, ports and virtual host only: no secret reaches a log.
 *
 * @param servers at least one; several are a cluster, and any of them will do
 * @param virtualHost {@code /} where the URI has none
 */
record RabbitAddress(List<Server> servers, boolean tls, String user, String password, String virtualHost) {

    static final String KEY = "siaran.rabbitmq.uri";

    /** Java's URI knows one host only. Login and virtual host are those of all. */
    private static final Pattern FORM =
            Pattern.compile("(amqps?://(?:[^/]*@)?)([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE);

    /** One of the servers. */
    record Server(String host, int port) {

        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        }
    }

    RabbitAddress {
        servers = List.copyOf(servers);
    }

    static RabbitAddress read(BrokerSettings settings) {
        Matcher form = FORM.matcher(settings.text(KEY).orElse("amqp://guest:guest@127.0.0.1:5672"));
        if (!form.matches()) {
            throw refused("");
        }
        List<URI> uris = new ArrayList<>();
        for (String host : form.group(2).split(",", -1)) {
            uris.add(uri(form.group(1) + host.trim() + form.group(3)));
        }
        return of(uris);
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            String rawPath = uri.getRawPath();
            if (uri.getHost() != null
                    && rawPath.lastIndexOf('/') <= 0
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw refused("");
        }
        throw refused("");
    }

    /** @param uris alike, but for the host */
    private static RabbitAddress of(List<URI> uris) {
        URI first = uris.get(0);
        String login = first.getUserInfo() == null ? "guest:guest" : first.getUserInfo();
        int colon = login.indexOf(':');
        if (colon <= 0) {
            throw refused("; a user comes with a password, after a colon");
        }
        boolean tls = first.getScheme().equalsIgnoreCase("amqps");
        return new RabbitAddress(
                uris.stream().map(uri -> server(uri, tls)).toList(),
                tls,
                login.substring(0, colon),
                login.substring(colon + 1),
                first.getRawPath().length() < 2 ? "/" : first.getPath().substring(1));
    }

    private static Server server(URI uri, boolean tls) {
        String host = uri.getHost();
        return new Server(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() >= 0 ? uri.getPort() : tls ? 5671 : 5672);
    }

    /** Does not show the value: what is wrong with it may be a password that was not escaped. */
    private static IllegalArgumentException refused(String hint) {
        return new IllegalArgumentException(
                KEY + " is not of the form amqp://user:password@host:port/virtual-host or amqps://..." + hint
                        + "; a slash in a name is %2F, and a cluster's hosts are host:port,host:port");
    }

    @Override
    public String toString() {
        String where = servers.stream().map(Server::toString).collect(Collectors.joining(", "));
        return virtualHost.equals("/") ? where : where + " (virtual host " + virtualHost + ')';
    }
}
