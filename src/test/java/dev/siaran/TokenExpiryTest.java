package dev.siaran;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class TokenExpiryTest {

    private record Token(Map<String, Object> claims) implements JsonWebToken {

        @Override
        public String getName() {
            return "alice";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    @Test
    void aTokenExpiresWhenItSays() {
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1_800_000_000L)),
                TokenExpiry.of(new Token(Map.of("exp", 1_800_000_000L))));
    }

    @Test
    void aTokenThatDoesNotSayDoesNotExpire() {
        assertEquals(Optional.empty(), TokenExpiry.of(new Token(Map.of())));
    }

    @Test
    void anotherPrincipalDoesNotExpire() {
        Principal alice = () -> "alice";

        assertEquals(Optional.empty(), TokenExpiry.of(alice));
    }
}
