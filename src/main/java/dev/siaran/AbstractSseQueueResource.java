package dev.siaran;

import dev.siaran.internal.http.SseServer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stream of the events that are fired for a channel: extend it, add {@code @Path}, done.
 *
 * <pre>{@code
 * @Path("/sse/{channel}")
 * public class NewsStream extends AbstractSseQueueResource { }
 * }</pre>
 *
 * <p>Each subscriber gets each event once, in order. One that reconnects with {@code Last-Event-ID} gets what it missed;
 * where that is no longer kept, first an event {@code gap} ({@code siaran.gap-event}) whose data is a JSON object with
 * {@code channel}, {@code requested} (the id the client sent, null if it fell behind while connected) and {@code oldest}
 * (the first id that follows, null if none does).
 *
 * <p>Works with and without a CDI scope. Do not override {@link #subscribe} with Jakarta REST annotations: adding any drops
 * the inherited ones.
 *
 * @since 0.1
 */
public abstract class AbstractSseQueueResource {

    /** For subclasses. */
    protected AbstractSseQueueResource() {}

    /**
     * Opens the stream; called by the Jakarta REST runtime. While the application stops, it only says when to come back.
     *
     * @throws jakarta.ws.rs.BadRequestException if the name of a channel is refused
     * @throws jakarta.ws.rs.NotAuthorizedException if nobody is logged in, and nobody may listen to a channel without
     * @throws jakarta.ws.rs.ForbiddenException if who is logged in may not listen to a channel
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context Request method,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context SecurityContext security) {
        try (var request = new SubscribeRequest(uri, headers, security)) {
            SseServer.current()
                    .call(sink, method.getMethod(), request.caller(expires(request)))
                    .follow(new QueueFollower(this, request));
        }
    }

    /**
     * The channels of this stream; called once for each subscriber, on the thread of its request. By default the path
     * parameter {@code channel}, else {@code siaran.default-channel}.
     *
     * @return at least one name; an empty list means the default channel
     */
    protected List<String> channels(SseRequest request) {
        return request.pathParameter("channel").map(List::of).orElse(List.of());
    }

    /**
     * Whether the caller may listen to a channel; called for each channel of each subscriber, on the thread of its request, before the
     * stream opens. By default everybody may. Every {@link ChannelPolicy} of the application has to agree as well, and a channel
     * that begins with {@code user/} is for that user alone, whatever this returns ({@code siaran.private-channels}).
     *
     * <p>If not, nothing of the stream opens: the answer is 403, or 401 if nobody is logged in. An exception is a refusal, too: a
     * {@link jakarta.ws.rs.WebApplicationException} with its own response, any other with 500.
     */
    protected boolean authorize(SseRequest request, String channel) {
        return true;
    }

    /**
     * When what the client has shown expires; called once for each subscriber, on the thread of its request. The stream ends within a
     * second of it, and after {@code siaran.max-age} in any case; if the time is over already, the answer is 401. By default the expiry of
     * the token, where the principal is a {@code JsonWebToken} of MicroProfile JWT.
     *
     * @return empty if it does not expire
     */
    protected Optional<Instant> expires(SseRequest request) {
        return request.principal().flatMap(TokenExpiry::of);
    }

    /**
     * What becomes of a client that is slower than its channel; called once for each subscriber. By default it is
     * disconnected, comes back with its last id and is replayed.
     */
    protected SseSlowClients slowClients() {
        return SseSlowClients.DISCONNECT;
    }
}
