package dev.siaran.redis;

import dev.siaran.internal.broker.Pending;
import java.util.List;

/** How a {@link Publisher} sends: over a connection that is opened when needed and dropped when in doubt. One thread uses it. */
interface Sending extends AutoCloseable {

    /**
     * Sends messages in order and settles each that needs no further attempt.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if some are to be sent again later
     */
    void send(List<Pending> messages, PublishConnection.Answers answers);

    /** Publishes to this node's own channel; shows its subscriber that the way is open. */
    void canary();

    boolean isOpen();

    @Override
    void close();
}
