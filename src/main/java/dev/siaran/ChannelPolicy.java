package dev.siaran;

/**
 * Decides who may listen to which channel, for every {@link AbstractSseQueueResource} of the application. Every CDI bean of this
 * type is asked; all have to agree. Without any, everybody may listen to every channel, as far as the resource itself and the
 * server's security allow.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class TenantPolicy implements ChannelPolicy {
 *   @Override public boolean authorize(SseRequest request, String channel) {
 *     return !channel.startsWith("admin/") || request.isUserInRole("admin");
 *   }
 * }
 * }</pre>
 *
 * <p>It has to be a bean: give it a scope. An implementation must be safe for use by many threads, unless its scope makes it so.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ChannelPolicy {

    /**
     * Whether the caller may listen to the channel. Asked before the stream opens, on the thread of its request, for each of its
     * channels, once the resource itself has agreed ({@link AbstractSseQueueResource#authorize}). If not, nothing of the stream opens:
     * the answer is 403, or 401 if nobody is logged in.
     *
     * <p>An exception is a refusal: a {@link jakarta.ws.rs.WebApplicationException} with its own response, any other with 500.
     *
     * @param request what the client asked for
     * @param channel one of the channels that the stream would follow
     */
    boolean authorize(SseRequest request, String channel);
}
