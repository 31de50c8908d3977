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
import java.util.Optional;

/**
 * A stream of your own: extend it, add {@code @Path}, and write events in {@link #stream}.
 *
 * <pre>{@code
 * @Path("/time")
 * public class TimeStream extends AbstractSseResource {
 *   @Override protected void stream(SseStream out) throws Exception {
 *     while (out.isOpen()) { out.send("time", Instant.now()); out.pause(Duration.ofSeconds(1)); }
 *   }
 * }
 * }</pre>
 *
 * <p>Works with and without a CDI scope. Do not override {@link #subscribe} with Jakarta REST annotations: adding any drops
 * the inherited ones.
 *
 * @since 0.1
 */
public abstract class AbstractSseResource {

    /** For subclasses. */
    protected AbstractSseResource() {}

    /** Opens the stream; called by the Jakarta REST runtime. While the application stops, it only says when to come back. */
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
            SseServer.current().call(sink, method.getMethod(), request.caller(expires(request))).stream(
                    request.uri().getPath(), output -> stream(new ResourceStream(output, request)));
        }
    }

    /**
     * Writes one client's stream: runs on a thread of its own (a virtual one where the runtime has them) with the
     * application's class loader, and naming and security context where the server offers them. The stream ends when this
     * method returns. When the client leaves, the application stops or the stream has to end ({@link #expires}, {@link SseAccess}), the
     * thread is interrupted and the next call on the
     * stream throws {@link SseClosedException}; use try-with-resources for what has to be closed.
     *
     * @throws Exception ends the stream; logged unless the stream had been closed before
     */
    protected abstract void stream(SseStream out) throws Exception;

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
}
