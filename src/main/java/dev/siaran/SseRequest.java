package dev.siaran;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asked for when it opened its stream. A copy: valid on any thread, also after the request has ended.
 * Immutable.
 *
 * @since 0.1
 */
public interface SseRequest {

    /**
     * The id of the last event that the client has seen: the header {@code Last-Event-ID}, else the query parameter
     * {@code lastEventId} for clients that cannot set headers. Any text; not checked.
     */
    Optional<String> lastEventId();

    /** The absolute URI of the request. */
    URI uri();

    /** A path parameter of the resource's {@code @Path}, decoded. */
    Optional<String> pathParameter(String name);

    /** The first query parameter of this name, decoded. */
    Optional<String> queryParameter(String name);

    /** Every query parameter of this name, decoded, in the order of the URI. */
    List<String> queryParameters(String name);

    /** The first value of a header, its name in any case. */
    Optional<String> header(String name);

    /** The languages that the client prefers, best first. */
    List<Locale> languages();

    /** Who is logged in. */
    Optional<Principal> principal();
}
