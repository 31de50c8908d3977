package dev.siaran;

import dev.siaran.internal.http.EventBody;
import dev.siaran.internal.http.PublishCall;
import dev.siaran.internal.http.Refusal;
import dev.siaran.internal.http.SseServer;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A door for publishers from outside: extend it, add {@code @Path}, done. Without a subclass there is none.
 *
 * <pre>{@code
 * @Path("/publish/{channel}")
 * public class NewsDoor extends AbstractSsePublishResource { }
 * }</pre>
 *
 * <p>A {@code POST} publishes one event, in one of three forms:
 *
 * <ul>
 *   <li>{@code application/json}: {@code {"event": "headline", "data": "It works"}}. Data that is not text is sent as JSON, and
 *       {@code event} may be left out.
 *   <li>{@code application/x-www-form-urlencoded}: the fields {@code event} and {@code data}.
 *   <li>{@code text/plain}: the body is the data, and the query parameter {@code event} the type.
 * </ul>
 *
 * <p>The answer is 202 with {@code {"id": "..."}}, the id that subscribers see, once the broker has accepted the event. It is 400 for what
 * cannot be understood, 401 or 403 for who may not publish, 413 for a body larger than {@code siaran.max-event-size}, and 503 with
 * {@code Retry-After} if the broker does not accept the event, or not within ten seconds; then it may still go out.
 *
 * <p>A page of another site cannot use a visitor's cookies to publish: a browser asks the server (CORS) before it sends JSON elsewhere, and
 * the other two forms are refused with 403 if {@code Sec-Fetch-Site}, or without it {@code Origin}, says that another site sends them. A
 * proxy has to pass {@code Host} on for that.
 *
 * <p>Works with and without a CDI scope. Do not override {@link #publish} with Jakarta REST annotations: adding any drops the inherited
 * ones.
 *
 * @since 0.1
 */
public abstract class AbstractSsePublishResource {

    /** The role that may publish unless {@link #authorize} says otherwise. */
    public static final String PUBLISHER = "sse-publisher";

    /** For subclasses. */
    protected AbstractSsePublishResource() {}

    /**
     * Publishes the event of the body; called by the Jakarta REST runtime.
     *
     * @throws IOException if the body cannot be read
     */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED, MediaType.TEXT_PLAIN})
    @Produces(MediaType.APPLICATION_JSON)
    public void publish(
            InputStream body,
            @Suspended AsyncResponse response,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context SecurityContext security)
            throws IOException {
        try (var request = new SubscribeRequest(uri, headers, security)) {
            PublishCall call = SseServer.current().publishCall(headers);
            String channel = call.begin(channel(request));
            PublishCall.admit(request.caller(Optional.empty()), channel, () -> authorize(request, channel));
            EventBody event = call.read(body, request.queryParameter("event").orElse(null));
            PublishCall.answer(response, publish(channel, event));
        }
    }

    private static CompletionStage<String> publish(String channel, EventBody body) {
        SseQueueEvent event;
        try {
            event = new SseQueueEvent(channel, body.name(), body.data());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
        return CDI.current().select(SseQueue.class).get().publish(event);
    }

    /**
     * The channel to publish to; called once for each request, on its thread. By default the path parameter {@code channel}.
     *
     * @return empty for {@code siaran.default-channel}
     */
    protected Optional<String> channel(SseRequest request) {
        return request.pathParameter("channel");
    }

    /**
     * Whether the caller may publish to a channel; called once for each request, on its thread, before the body is read. By default who is
     * in the role {@value #PUBLISHER}, to any channel, also to those of users ({@code user/...}).
     *
     * <p>This is about publishing alone: who may listen ({@link ChannelPolicy}) is not asked. If not, the answer is 403, or 401 if nobody is
     * logged in. An exception is a refusal, too: a {@link jakarta.ws.rs.WebApplicationException} with its own response, any other with 500.
     */
    protected boolean authorize(SseRequest request, String channel) {
        return request.isUserInRole(PUBLISHER);
    }
}
