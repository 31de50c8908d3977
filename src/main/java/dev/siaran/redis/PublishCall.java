package dev.siaran.redis;

import dev.siaran.internal.broker.Pending;
import java.util.List;

/**
 * One call of the script.
 *
 * @param channel the channel of all messages
 * @param server which to send it to
 * @param withScript whether the server has to be given the script first
 * @param asking whether the server does not own the slot yet, and is only to be asked
 */
record PublishCall(String channel, List<Pending> messages, RedisAddress server, boolean withScript, boolean asking) {

    static PublishCall of(String channel, List<Pending> messages, RedisAddress server) {
        return new PublishCall(channel, messages, server, false, false);
    }

    PublishCall loading() {
        return new PublishCall(channel, messages, server, true, asking);
    }

    PublishCall asking(RedisAddress next) {
        return new PublishCall(channel, messages, next, false, true);
    }
}
