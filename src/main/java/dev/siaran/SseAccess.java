package dev.siaran;

import java.util.concurrent.CompletionStage;

/**
 * Ends streams that are open, on every node; injectable with {@code @Inject SseAccess}. For the moment when who may listen
 * changes: a logout, a role that is withdrawn, a channel that becomes secret.
 *
 * <p>A client whose stream has ended comes back, and it is decided anew whether it may listen: withdraw the permission first, then
 * revoke. One that still may is replayed, and misses nothing.
 *
 * <p>The streams of this node end at once; those of the others within a second, and once it is back where the broker is away.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public interface SseAccess {

    /**
     * Ends every stream of a user.
     *
     * @param principalName the name of the principal, as {@link java.security.Principal#getName()} has it
     * @return completes once the broker has accepted the message to the other nodes; fails with {@link SsePublishException} if they
     *     cannot be told
     */
    CompletionStage<Void> revokeUser(String principalName);

    /**
     * Ends every stream that follows a channel, among others perhaps, and every sink that is registered for it.
     *
     * @return as {@link #revokeUser}
     * @throws IllegalArgumentException if the channel's name is refused
     */
    CompletionStage<Void> revokeChannel(String channel);
}
