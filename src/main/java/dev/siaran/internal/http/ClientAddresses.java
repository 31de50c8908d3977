package dev.siaran.internal.http;

import dev.siaran.internal.config.IpAddress;
import dev.siaran.internal.config.SiaranConfig.ForwardingHeader;
import dev.siaran.internal.config.SiaranConfig.Proxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is: at the other end of the connection, or, if that is a proxy that is trusted, at the address that the proxy names.
 * Each proxy adds the address that it sees at the end of the header, so the last one in it that is no trusted proxy is the client; what
 * stands before, the client may have made up.
 *
 * @param proxies which proxies are trusted, and what they write
 */
record ClientAddresses(Proxies proxies) {

    /** The address that a client is counted by; null if nobody knows it. */
    @Nullable
    IpAddress network(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        if (peer == null) {
            return null;
        }
        var header = request.getHeaders(proxies.header().header());
        IpAddress client = client(peer, header == null ? List.of() : Collections.list(header));
        return client == null ? null : client.network();
    }

    /**
     * The address of the client; null if a trusted proxy does not tell.
     *
     * @param peer the other end of the connection
     * @param lines the values of the header, each a list
     */
    @Nullable
    IpAddress client(String peer, List<String> lines) {
        IpAddress nearest = IpAddress.parse(peer).orElse(null);
        if (nearest == null || !proxies.trusted().contains(nearest)) {
            return nearest;
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            for (int end = line.length(); end >= 0; ) {
                int comma = lastOutsideOfQuotes(',', line, end);
                String element = line.substring(comma + 1, end).trim();
                end = comma;
                if (element.isEmpty()) {
                    continue;
                }
                IpAddress named = named(element).orElse(null);
                if (named == null || !proxies.trusted().contains(named)) {
                    return named;
                }
            }
        }
        return null;
    }

    /** Looked for from the end, so that a quotation mark which a client has left open hides nothing that a proxy has added. */
    private static int lastOutsideOfQuotes(char wanted, String text, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (c == wanted && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private Optional<IpAddress> named(String element) {
        return proxies.header() == ForwardingHeader.FORWARDED
                ? forwardedFor(element).flatMap(ClientAddresses::address)
                : address(element);
    }

    /** The {@code for} of an element {@code for=192.0.2.1;proto=https}. */
    private static Optional<String> forwardedFor(String element) {
        for (int end = element.length(); end >= 0; ) {
            int start = lastOutsideOfQuotes(';', element, end);
            String pair = element.substring(start + 1, end).trim();
            end = start;
            if (pair.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return Optional.of(unquoted(pair.substring(4)));
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** An address, perhaps with a port; of version 6 in brackets, then, or without both. */
    private static Optional<IpAddress> address(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 || !isPortOrNothing(node.substring(end + 1))
                    ? Optional.empty()
                    : IpAddress.parse(node.substring(1, end));
        }
        int colon = node.indexOf(':');
        boolean hasPort = colon >= 0 && colon == node.lastIndexOf(':');
        if (hasPort && !isPortOrNothing(node.substring(colon))) {
            return Optional.empty();
        }
        return IpAddress.parse(hasPort ? node.substring(0, colon) : node);
    }

    /** RFC 7239 knows ports that are not numbers. */
    private static boolean isPortOrNothing(String text) {
        return text.isEmpty() || text.matches(":[0-9A-Za-z._-]{1,32}");
    }
}
