package dev.siaran;

import static java.lang.Double.NaN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.Principal;
import java.time.Instant;
import java.util.HashMap;
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
    void theTimeMayBeAnyNumber() {
        for (Object exp : new Object[] {
            1_800_000_000,
            1_800_000_000.0,
            new BigDecimal("1800000000.9"),
            BigInteger.valueOf(1_800_000_000L),
            Json.createValue(1_800_000_000L),
            Json.createValue(1_800_000_000.5)
        }) {
            assertEquals(Optional.of(Instant.ofEpochSecond(1_800_000_000L)), expiry(exp), () -> exp.getClass() + "");
        }
    }

    @Test
    void aTimeThatCannotBeReadIsOver() {
        for (Object exp : new Object[] {"1800000000", "never", JsonValue.NULL, Json.createValue("x"), true, NaN}) {
            assertEquals(Optional.of(Instant.EPOCH), expiry(exp), () -> exp.getClass() + "");
        }
        // As implementations have it that fail to convert the claim
        assertEquals(Optional.of(Instant.EPOCH), expiry(null));
    }

    @Test
    void aTimeBeyondAllOthersIsTheLastOne() {
        for (Object exp : new Object[] {Long.MAX_VALUE, BigInteger.TWO.pow(64), Json.createValue(1e300)}) {
            assertEquals(Instant.MAX.getEpochSecond(), expiry(exp).orElseThrow().getEpochSecond(), exp::toString);
        }
        assertTrue(expiry(Long.MIN_VALUE).orElseThrow().isBefore(Instant.EPOCH));
    }

    private static Optional<Instant> expiry(Object exp) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("exp", exp);
        return TokenExpiry.of(new Token(claims));
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
