package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel whose events take long to write to all of its followers, on the thread of others. */
class FeedTest extends AbstractHubTest {

    private static final int FOLLOWERS = 100;

    /** Of a millisecond. */
    private static final long TENTH = Duration.ofMillis(1).dividedBy(10).toNanos();

    private final List<FakeOutlet> loud = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private Connection leaving;

    @BeforeEach
    void everyWriteToALoudOneTakesAMillisecond() {
        settings.put("siaran.shards", "1");
        for (int i = 0; i < FOLLOWERS; i++) {
            Connection connection = hub().follow(List.of("loud"), null, SlowPolicy.DISCONNECT);
            leaving = i == 0 ? connection : leaving;
            loud.add(FakeOutlet.open(connection));
        }
        for (FakeOutlet outlet : loud) {
            outlet.await(o -> o.writes() == 1);
            outlet.onWrite(() -> {
                clock.addAndGet(Duration.ofMillis(1).toNanos());
                written.incrementAndGet();
            });
        }
    }

    /** The one that is written first. */
    private FakeOutlet first() {
        return loud.get(FOLLOWERS - 1);
    }

    /** The one that is written last. */
    private FakeOutlet last() {
        return loud.get(0);
    }

    /** One that is written when half of the others have been. */
    private FakeOutlet middle() {
        return loud.get(FOLLOWERS / 2);
    }

    @Test
    void aChannelThatTakesLongDoesNotHoldUpAnother() {
        FakeOutlet quiet = follow("quiet", null);
        quiet.await(outlet -> outlet.writes() == 1);
        var before = new AtomicInteger();
        quiet.onWrite(() -> before.set(written.get()));
        first().block();
        broker.publish("loud", 1, 1);

        first().whileBlocked(() -> broker.publish("quiet", 1, 1));

        assertEquals(List.of("quiet1"), quiet.awaitEvents(1));
        assertTrue(before.get() < FOLLOWERS / 2, () -> before + " were written before");
        loud.forEach(outlet -> assertEquals(List.of("loud1"), outlet.awaitEvents(1)));
    }

    @Test
    void aCrowdOfNewStreamsDoesNotHoldUpAChannel() {
        FakeOutlet quiet = follow("quiet", null);
        quiet.await(outlet -> outlet.writes() == 1);
        var opened = new AtomicInteger();
        var before = new AtomicInteger();
        quiet.onWrite(() -> before.set(opened.get()));
        var crowd = new ArrayList<FakeOutlet>();
        first().block();
        broker.publish("loud", 1, 1);

        first().whileBlocked(() -> {
            for (int i = 0; i < FOLLOWERS; i++) {
                Connection connection = hub().follow(List.of("crowded"), null, SlowPolicy.DISCONNECT);
                crowd.add(FakeOutlet.open(connection, () -> {
                    clock.addAndGet(Duration.ofMillis(1).toNanos());
                    opened.incrementAndGet();
                }));
            }
            broker.publish("quiet", 1, 1);
        });

        assertEquals(List.of("quiet1"), quiet.awaitEvents(1));
        assertTrue(before.get() < FOLLOWERS / 2, () -> before + " were opened before");
        crowd.forEach(outlet -> outlet.await(o -> o.writes() == 1));
    }

    @Test
    void aCrowdOfHeartbeatsDoesNotHoldUpAChannel() {
        FakeOutlet quiet = follow("quiet", null);
        quiet.await(outlet -> outlet.writes() == 1);
        var before = new AtomicInteger();
        quiet.onWrite(() -> before.compareAndSet(0, written.get()));
        loud.get(0).block();
        clock.addAndGet(Duration.ofSeconds(20).toNanos());

        // The first of those that have been silent for too long
        loud.get(0).whileBlocked(() -> broker.publish("quiet", 1, 1));

        quiet.awaitEvents(1);
        assertTrue(before.get() < FOLLOWERS / 2, () -> before + " had a heartbeat before");
        loud.forEach(outlet -> outlet.await(o -> o.writes() == 2));
    }

    @Test
    void aChannelWithLittleToWriteGoesBeforeOneWithMuch() {
        var quiet = new ArrayList<FakeOutlet>();
        for (int i = 0; i < FOLLOWERS * 3 / 10; i++) {
            quiet.add(follow("quiet", null));
        }
        var before = new AtomicInteger();
        for (FakeOutlet outlet : quiet) {
            outlet.await(o -> o.writes() == 1);
            outlet.onWrite(() -> {
                clock.addAndGet(TENTH);
                before.set(written.get());
            });
        }
        loud.forEach(outlet -> outlet.onWrite(() -> {
            clock.addAndGet(TENTH);
            written.incrementAndGet();
        }));
        FakeOutlet sixtieth = loud.get(FOLLOWERS - 60);
        sixtieth.block();
        broker.publish("loud", 1, 1);

        sixtieth.whileBlocked(() -> broker.publish("quiet", 1, 1));

        quiet.forEach(outlet -> assertEquals(List.of("quiet1"), outlet.awaitEvents(1)));
        assertTrue(before.get() < 70, () -> before + " were written before");
        loud.forEach(outlet -> assertEquals(List.of("loud1"), outlet.awaitEvents(1)));
    }

    @Test
    void whatIsPublishedMeanwhileReachesEverybodyOnceInFewWrites() {
        int writes = first().writes();
        publishWhile(middle());

        advance(first(), Duration.ofSeconds(10), client -> client.data().size() == 50);

        loud.forEach(outlet -> assertEquals(expected("loud", 1, 50), outlet.awaitEvents(50)));
        assertTrue(first().writes() - writes < 10, () -> first().writes() + " writes");
        assertTrue(last().writes() - writes < 10, () -> last().writes() + " writes");
    }

    @Test
    void aFeedThatCannotKeepUpRestsForAWhile() {
        publishWhile(middle());

        last().awaitEvents(1);
        awaitTasks();

        assertEquals(List.of("loud1"), first().data());
        advance(first(), Duration.ofSeconds(10), client -> client.data().size() == 50);
    }

    @Test
    void whileClientsComeInCrowdsAFeedRestsLonger() {
        middle().block();
        broker.publish("loud", 1, 1);
        middle().whileBlocked(() -> {
            broker.publish("loud", 2, 50);
            for (int i = 0; i < FOLLOWERS; i++) {
                loud.add(FakeOutlet.open(hub().follow(List.of("loud"), null, SlowPolicy.DISCONNECT)));
            }
        });
        last().awaitEvents(1);
        awaitTasks();

        clock.addAndGet(Duration.ofMillis(50).toNanos());
        awaitTasks();

        assertEquals(List.of("loud1"), first().data());
        clock.addAndGet(Duration.ofMillis(25).toNanos());
        assertEquals(expected("loud", 1, 50), first().awaitEvents(50));
    }

    @Test
    void aNodeThatClosesSendsWhatIsDue() {
        publishWhile(middle());

        hub().close();

        loud.forEach(outlet -> assertEquals(expected("loud", 1, 50), outlet.data()));
    }

    /** One event, and more when half of the followers have been written. */
    private void publishWhile(FakeOutlet blocked) {
        blocked.block();
        broker.publish("loud", 1, 1);
        blocked.whileBlocked(() -> broker.publish("loud", 2, 50));
    }

    @Test
    void whoComesOrLeavesMeanwhileCostsNobodyAnEvent() {
        middle().block();
        broker.publish("loud", 1, 1);
        var coming = new ArrayList<FakeOutlet>();

        middle().whileBlocked(() -> {
            coming.add(follow("loud", null));
            leaving.shard().execute(leaving::close);
            broker.publish("loud", 2, 2);
        });

        advance(first(), Duration.ofSeconds(10), client -> client.data().size() == 2);
        loud.subList(1, FOLLOWERS).forEach(outlet -> assertEquals(expected("loud", 1, 2), outlet.awaitEvents(2)));
        assertEquals(expected("loud", 2, 2), coming.get(0).awaitEvents(1));
    }
}
