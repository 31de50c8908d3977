package dev.siaran.internal.http;

import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether a page of another site has sent a request, with the cookies of a user who does not know. Browsers say where a request comes
 * from and no page can make them lie: in {@code Sec-Fetch-Site}, and those that do not, or not over plain HTTP, in {@code Origin}. What
 * says neither is no browser, and has nobody's cookies.
 */
final class CrossSite {

    private CrossSite() {}

    /**
     * Whether a page of another site may have sent a request.
     *
     * @param fetchSite the header {@code Sec-Fetch-Site}
     * @param origin the header {@code Origin}
     * @param host the header {@code Host}
     */
    static boolean isPossible(Optional<String> fetchSite, Optional<String> origin, Optional<String> host) {
        if (fetchSite.isPresent()) {
            return !fetchSite.get().equals("same-origin") && !fetchSite.get().equals("none");
        }
        return origin.isPresent() && !isOf(origin.get().toLowerCase(Locale.ROOT), host);
    }

    /** The scheme is left out: a proxy may have taken TLS away. */
    private static boolean isOf(String origin, Optional<String> host) {
        return host.map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> origin.equals("https://" + name) || origin.equals("http://" + name))
                .isPresent();
    }
}
