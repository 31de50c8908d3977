package dev.siaran;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** When the token that a client has shown expires, where the server has MicroProfile JWT. */
final class TokenExpiry {

    private static final Function<Principal, Optional<Instant>> OF_SERVER = ofServer();

    private TokenExpiry() {}

    /** The time in the claim {@code exp}; empty if the principal is no token, or has none. */
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
            return principal ->
                    type.isInstance(principal) ? expiry(type.cast(principal).getClaim("exp")) : Optional.empty();
        }

        private static Optional<Instant> expiry(Object claim) {
            return claim instanceof Number seconds
                    ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                    : Optional.empty();
        }
    }
}
