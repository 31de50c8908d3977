package dev.siaran;

import jakarta.json.JsonNumber;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** When the token that a client has shown expires, where the server has MicroProfile JWT. */
final class TokenExpiry {

    private static final String EXPIRES = "exp";
    private static final Instant LONG_AGO = Instant.EPOCH;

    private static final Function<Principal, Optional<Instant>> OF_SERVER = ofServer();

    private TokenExpiry() {}

    /** The time in the claim {@code exp}; empty if the principal is no token, or has none. A claim that cannot be read is over. */
    static Optional<Instant> of(Principal principal) {
        return OF_SERVER.apply(principal);
    }

    private static Function<Principal, Optional<Instant>> ofServer() {
        try {
            return MicroProfile.open();
        } catch (LinkageError absent) {
            return principal -> Optional.empty();
        }
    }

    /** Kept apart, so that nothing of MicroProfile is loaded where it is absent. */
    private static final class MicroProfile {

        private MicroProfile() {}

        static Function<Principal, Optional<Instant>> open() {
            Class<JsonWebToken> type = JsonWebToken.class;
            return principal -> type.isInstance(principal) ? expiry(type.cast(principal)) : Optional.empty();
        }

        /** Implementations give a {@code Long}, and none where they cannot read the claim; the claims of others are those of JSON. */
        private static Optional<Instant> expiry(JsonWebToken token) {
            Object claim = token.getClaim(EXPIRES);
            if (claim == null) {
                Set<String> names = token.getClaimNames();
                return names != null && names.contains(EXPIRES) ? Optional.of(LONG_AGO) : Optional.empty();
            }
            if (claim instanceof Number seconds) {
                return Optional.of(time(seconds.doubleValue()));
            }
            return Optional.of(claim instanceof JsonNumber seconds ? time(seconds.doubleValue()) : LONG_AGO);
        }

        /** Any number: one beyond all times is the last of them, and what is no number long ago. */
        private static Instant time(double seconds) {
            long atMost = Math.min((long) seconds, Instant.MAX.getEpochSecond());
            return Instant.ofEpochSecond(Math.max(atMost, Instant.MIN.getEpochSecond()));
        }
    }
}
