package dev.siaran.rabbitmq;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a repetition: a publisher whose connection broke sends again what it has not seen come, and numbers it as before.
 * What is kept is the last number of each publisher, up to a bound. Used by one thread.
 */
final class Seen {

    /** A publisher is the start of a node. One that is forgotten has not published for long. */
    private static final int MAX_PUBLISHERS = 1_000;

    private final Map<String, Long> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_PUBLISHERS;
        }
    };

    /** Whether a message has been read before, at a smaller offset. Remembers it. */
    boolean repeats(Entry entry) {
        if (entry.publisher().isEmpty() || entry.sequence() <= 0) {
            return false; // another program's, which numbers nothing
        }
        Long before = last.get(entry.publisher());
        if (before != null && entry.sequence() <= before) {
            return true;
        }
        last.put(entry.publisher(), entry.sequence());
        return false;
    }
}
