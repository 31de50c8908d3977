package dev.siaran.rabbitmq;

import dev.siaran.spi.Broker.Subscription;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The subscribed channels.
 *
 * <p>Safe for use by many threads.
 */
final class Feeds {

    private final ConcurrentMap<String, Feed> feeds = new ConcurrentHashMap<>();

    /** @throws IllegalStateException if the channel is there already */
    Subscription add(Feed feed) {
        if (feeds.putIfAbsent(feed.channel(), feed) != null) {
            throw new IllegalStateException("channel \"" + feed.channel() + "\" is subscribed already");
        }
        return () -> {
            feed.close();
            feeds.remove(feed.channel(), feed);
        };
    }

    @Nullable
    Feed of(String channel) {
        return feeds.get(channel);
    }

    Iterable<Feed> all() {
        return feeds.values();
    }

    void close() {
        feeds.values().forEach(Feed::close);
        feeds.clear();
    }
}
