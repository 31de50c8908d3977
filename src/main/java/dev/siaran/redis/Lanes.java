package dev.siaran.redis;

import dev.siaran.spi.Broker.Subscription;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The lane of each shard, made when a channel first needs it, and which channels are subscribed in which. A channel whose
 * slot goes to another shard follows it.
 *
 * <p>Safe for use by many threads.
 */
final class Lanes {

    private final Topology topology;
    private final Keys keys;
    private final IntFunction<Lane> maker;
    private final ConcurrentMap<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Place> places = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Lanes(Topology topology, Keys keys, IntFunction<Lane> maker) {
        this.topology = topology;
        this.keys = keys;
        this.maker = maker;
    }

    /** The lane of a channel, by what is known now. */
    Lane of(String channel) {
        return at(topology.shard(keys.log(channel)));
    }

    /** A shard's lane. */
    Lane at(int shard) {
        Lane lane = lanes.computeIfAbsent(shard, missing -> {
            Lane made = maker.apply(missing);
            made.start();
            return made;
        });
        if (closed) {
            lane.close();
        }
        return lane;
    }

    /** @throws IllegalStateException if the channel is subscribed already */
    Subscription subscribe(ChannelFeed feed) {
        var place = new Place(feed);
        if (places.putIfAbsent(feed.channel(), place) != null) {
            throw new IllegalStateException(feed.channel() + ": subscribed already");
        }
        place.enter();
        return place;
    }

    /** Slots have new owners. */
    void rearrange() {
        places.values().forEach(Place::move);
    }

    /** Ends all but the sending of what is buffered. */
    void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
    }

    /** Waits until what is buffered has been sent, or the time is over. */
    void join(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (Lane lane : lanes.values()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            lane.join(Duration.ofMillis(Math.max(1, left)));
        }
    }

    /** Where a channel is subscribed. It is in one lane at a time: it enters the next when the last has let it go. */
    private final class Place implements Subscription {

        private final ChannelFeed feed;

        // Guarded by this.
        private Lane lane;
        private boolean moving = true;
        private boolean closed;

        Place(ChannelFeed feed) {
            this.feed = feed;
            this.lane = of(feed.channel());
        }

        synchronized void enter() {
            moving = false;
            if (!closed) {
                lane = of(feed.channel());
                lane.feeds().add(feed);
            }
        }

        synchronized void move() {
            if (!closed && !moving && of(feed.channel()) != lane) {
                moving = true;
                lane.feeds().release(feed, this::enter);
            }
        }

        @Override
        public synchronized void close() {
            feed.close();
            if (!closed) {
                closed = true;
                lane.feeds().remove(feed);
                places.remove(feed.channel(), this);
            }
        }
    }
}
