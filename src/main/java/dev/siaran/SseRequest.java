package dev.siaran;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asked for when it opened its stream, or published an event. A copy: valid on any thread, also after the request has ended.
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

    /**
     * Whether who is logged in has a role, as the server's security has it. Only while the request is being decided: in the methods of
     * the resource that say what it follows and who may, and in a {@link ChannelPolicy}.
     *
     * @throws IllegalStateException once the request has ended
     */
    boolean isUserInRole(String role);

    /**
     * The channel of who is logged in, which nobody else may listen to: {@code user/} and the name, encoded where it has characters
     * that a channel may not have. {@link SseQueueEvent#toUser} publishes to it.
     *
     * @throws jakarta.ws.rs.NotAuthorizedException if nobody is logged in: the answer is 401
     */
    String privateChannel();
}
