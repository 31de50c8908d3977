package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.IpAddress;
import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.spi.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final Map<String, String> settings = new HashMap<>(Map.of("siaran.max-new-streams", "0"));

    private Places places() {
        return new Places(SiaranConfig.read(Settings.of(settings)).limits(), clock::get);
    }

    private static Holder holder(String user, String session, String address) {
        return new Holder(
                user, session, address == null ? null : IpAddress.parse(address).orElseThrow());
    }

    private static Limit refusal(Places places, Holder holder) {
        return assertThrows(TooManyStreamsException.class, () -> places.take(holder))
                .limit();
    }

    @Test
    void everyLimitCountsStreamsOfItsOwnKind() {
        settings.put("siaran.max-streams-per-address", "3");
        settings.put("siaran.max-streams-per-session", "2");
        settings.put("siaran.max-streams-per-user", "1");
        settings.put("siaran.max-streams", "5");
        Places places = places();

        places.take(holder("alice", "s1", "192.0.2.1"));
        assertEquals(Limit.USER, refusal(places, holder("alice", "s2", "192.0.2.2")));
        places.take(holder(null, "s1", "192.0.2.1"));
        assertEquals(Limit.SESSION, refusal(places, holder(null, "s1", "192.0.2.2")));
        places.take(holder(null, null, "192.0.2.1"));
        assertEquals(Limit.ADDRESS, refusal(places, holder(null, null, "192.0.2.1")));
        places.take(holder("s1", "alice", "192.0.2.3"));
        places.take(Holder.NOBODY);
        assertEquals(Limit.NODE, refusal(places, Holder.NOBODY));
    }

    @Test
    void aRefusedStreamTakesNoPlace() {
        settings.put("siaran.max-streams-per-user", "1");
        settings.put("siaran.max-streams-per-address", "2");
        settings.put("siaran.max-new-streams", "1");
        Places places = places();
        Holder alice = holder("alice", "s", "192.0.2.1");
        places.take(alice);
        for (int i = 0; i < 100; i++) {
            assertEquals(Limit.USER, refusal(places, alice));
        }

        places.take(holder("bob", "s", "192.0.2.1"));
        places.give(alice);
        places.take(alice);
    }

    @Test
    void zeroIsNoLimit() {
        for (Limit limit : Limit.values()) {
            settings.put(limit.answer().replaceAll(".*\\((.*)\\).*", "$1"), "0");
        }
        Places places = places();

        for (int i = 0; i < 100_000; i++) {
            places.take(holder("alice", "s", "192.0.2.1"));
        }

        assertEquals(0, places.size());
    }

    @Test
    void whoseAddressNobodyKnowsIsUnderNoLimitOfAnAddress() {
        settings.put("siaran.max-streams-per-address", "1");
        settings.put("siaran.max-new-streams", "1");
        Places places = places();

        for (int i = 0; i < 1000; i++) {
            places.take(holder(null, null, null));
        }
    }

    @Test
    void anAddressMayOpenSomeSecondsWorthAtOnceAndThenSoManyASecond() {
        settings.put("siaran.max-new-streams", "10");
        Places places = places();
        Holder client = holder(null, null, "192.0.2.1");
        for (int i = 0; i < 50; i++) {
            places.take(client);
        }
        assertEquals(Limit.PACE, refusal(places, client));
        places.take(holder(null, null, "192.0.2.2"));

        for (int second = 0; second < 20; second++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            for (int i = 0; i < 10; i++) {
                places.take(client);
            }
            assertEquals(Limit.PACE, refusal(places, client));
        }
    }

    @Test
    void addressesAreForgottenOnceTheyHaveRested() {
        settings.put("siaran.max-new-streams", "10");
        Places places = places();
        for (int i = 0; i < 100_000; i++) {
            var client = new Holder(null, null, new IpAddress(i, 0));
            places.take(client);
            places.give(client);
            clock.addAndGet(Duration.ofMillis(1).toNanos());
        }
        assertTrue(places.size() < 3000, () -> places.size() + " of a hundred a second, each for a tenth of a second");

        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        places.take(holder(null, null, null));
        places.take(holder(null, null, "192.0.2.1"));

        assertEquals(3, places.size(), "this node, and twice the last address");
    }

    @Test
    void theLogSaysOnceAMinuteWhatWasReachedAndWhatToDo() {
        settings.put("siaran.max-streams-per-user", "1");
        Places places = places();
        try (var log = new LogLines()) {
            places.take(holder("al\nice", null, null));
            for (int i = 0; i < 1000; i++) {
                refusal(places, holder("al\nice", null, null));
                clock.addAndGet(MINUTE.dividedBy(600).toNanos());
            }

            List<String> lines = log.of(Level.WARNING);
            assertEquals(2, lines.size(), lines::toString);
            assertEquals(
                    "WARNING siaran.max-streams-per-user is 1, which al?ice has reached: more streams are refused. Let a page"
                            + " close what it no longer needs, let several of its channels share a stream, or raise it."
                            + " (Said once a minute at most)",
                    lines.get(0));
        }
    }

    @Test
    void whenManyTakeAndGiveAtTheSameTimeThereAreNeverTooManyAndNothingStays() throws InterruptedException {
        settings.put("siaran.max-streams-per-address", "7");
        settings.put("siaran.max-streams-per-session", "6");
        settings.put("siaran.max-streams-per-user", "5");
        settings.put("siaran.max-streams", "20");
        Places places = places();
        var counts = new HashMap<String, AtomicInteger>();
        for (int i = 0; i < 4; i++) {
            for (String key : List.of("u", "s", "192.0.2.")) {
                counts.put(key + i, new AtomicInteger());
            }
        }
        var tooMany = new AtomicInteger();
        var refused = new AtomicInteger();
        var done = new CountDownLatch(4);
        for (int seed = 0; seed < 4; seed++) {
            var random = new Random(seed);
            new Thread(() -> {
                        var mine = new ArrayList<Holder>();
                        for (int i = 0; i < 50_000 || !mine.isEmpty(); i++) {
                            if (i < 50_000 && random.nextInt(3) > 0 && mine.size() < 10) {
                                String user = "u" + random.nextInt(4);
                                String session = "s" + random.nextInt(4);
                                String address = "192.0.2." + random.nextInt(4);
                                Holder holder = holder(user, session, address);
                                try {
                                    places.take(holder);
                                } catch (TooManyStreamsException e) {
                                    refused.incrementAndGet();
                                    continue;
                                }
                                mine.add(holder);
                                boolean fits = counts.get(user).incrementAndGet() <= 5
                                        & counts.get(session).incrementAndGet() <= 6
                                        & counts.get(address).incrementAndGet() <= 7;
                                if (!fits) {
                                    tooMany.incrementAndGet();
                                }
                            } else if (!mine.isEmpty()) {
                                Holder holder = mine.remove(random.nextInt(mine.size()));
                                counts.get(holder.user()).decrementAndGet();
                                counts.get(holder.session()).decrementAndGet();
                                counts.get(String.valueOf(holder.network())).decrementAndGet();
                                places.give(holder);
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertEquals(0, tooMany.get());
        assertTrue(refused.get() > 1000, () -> "only " + refused + " refusals");
        assertEquals(0, places.size());
    }
}
