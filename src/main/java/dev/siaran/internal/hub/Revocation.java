package dev.siaran.internal.hub;

import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What takes leases back: all of a user, of a session or of a channel.
 *
 * @param value the name of the principal or of the channel; of a session, what stands for its id
 */
record Revocation(Kind kind, String value) {

    /** Where revocations travel. No application has a channel of this name, because two dots in a row are not allowed in any. */
    static final String CHANNEL = Broker.OWN_CHANNELS + "access";

    enum Kind {
        USER,
        SESSION,
        CHANNEL
    }

    /** Whether so many streams may end that they had better not return all at once. */
    boolean isForMany() {
        return kind == Kind.CHANNEL;
    }

    Message message() {
        return new Message(CHANNEL, kind.name().toLowerCase(Locale.ROOT), value);
    }

    /** Empty for a message of another kind, such as a later version may send. */
    static Optional<Revocation> of(Message message) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(message.event()))
                .findFirst()
                .map(kind -> new Revocation(kind, message.data()));
    }
}
