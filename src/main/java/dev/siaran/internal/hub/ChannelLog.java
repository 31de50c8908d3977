package dev.siaran.internal.hub;

import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.Frame;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recent frames of one channel, bounded by count, age and bytes. A position is the number of bytes that were appended before
 * it, so it names the same event for every connection and for ever; it always lies between two frames.
 *
 * <p>Frames lie side by side in segments. All that follows a position within a segment is one {@link Run}: a connection that
 * is behind gets many events in one write, without copying.
 *
 * <p>Safe for use by many threads; the lock is held for a few instructions, never while a connection is written.
 */
final class ChannelLog {

    /** What {@link #after} returns for an id that the log does not hold. */
    static final long UNKNOWN = -1;

    private static final int FIRST_SEGMENT = 512;
    private static final int LARGEST_SEGMENT = 64 << 10;

    /** Frames side by side. What is written never changes; only more is appended. */
    private static final class Segment {
        final byte[] bytes;
        final long start;
        int used;

        Segment(int capacity, long start) {
            this.bytes = new byte[capacity];
            this.start = start;
        }

        long end() {
            return start + used;
        }
    }

    private final int maxEvents;
    private final long minAge;
    private final LongSupplier maxBytes;
    private final LongSupplier clock;

    // Guarded by this
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();
    private final LogIndex index = new LogIndex();
    private @Nullable String startId;
    private long tail;
    private long allocated;

    // Written under the lock, read by anyone: tells without it that there is nothing new
    private volatile long head;

    /**
     * @param maxBytes how many bytes it may have, now
     * @param clock in nanoseconds
     */
    ChannelLog(SiaranConfig.Log bounds, LongSupplier maxBytes, LongSupplier clock) {
        this.maxEvents = bounds.maxEvents();
        this.minAge = bounds.minAge().toNanos();
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** Names the event before the first, empty if there is none; called before any is appended. */
    synchronized void startAfter(String id) {
        startId = id;
    }

    /**
     * Appends a frame, and drops the oldest past the bounds.
     *
     * @param id null for a frame that can be read but not resumed from
     * @param event the event's type, null for an unnamed event
     * @param keepFrom a position that healthy connections have not passed
     */
    synchronized void append(@Nullable String id, @Nullable String event, Frame frame, long keepFrom) {
        byte[] bytes = frame.bytes();
        Segment segment = segments.peekLast();
        if (segment == null || segment.bytes.length - segment.used < bytes.length) {
            segment = addSegment(segment, bytes.length);
        }
        System.arraycopy(bytes, 0, segment.bytes, segment.used, bytes.length);
        segment.used += bytes.length;
        long start = head;
        long now = clock.getAsLong();
        index.add(new LogEntry(id, event, start, start + bytes.length, now, frame.bodyLength()));
        head = start + bytes.length;
        trim(now, keepFrom);
    }

    /**
     * Drops the oldest frames past the bounds. Their number gives way to what is young, so that clients have the same time to come back however
     * fast events come, and to what is still to be written. The bytes give way to nothing.
     */
    synchronized void trim(long keepFrom) {
        trim(clock.getAsLong(), keepFrom);
    }

    private void trim(long now, long keepFrom) {
        while (index.size() > maxEvents && tail < keepFrom && now - index.get(0).time() >= minAge) {
            dropOldest();
        }
        while (allocatedBytes() > maxBytes.getAsLong() && segments.size() > 1) {
            dropOldestSegment();
        }
    }

    private Segment addSegment(@Nullable Segment last, int needed) {
        int largest = (int) Math.min(LARGEST_SEGMENT, Math.max(FIRST_SEGMENT, maxBytes.getAsLong() / 8));
        int capacity = Math.max(needed, last == null ? FIRST_SEGMENT : Math.min(last.bytes.length * 2, largest));
        var segment = new Segment(capacity, head);
        segments.addLast(segment);
        allocated += capacity;
        return segment;
    }

    private void dropOldestSegment() {
        long end = segments.getFirst().end();
        while (tail < end) {
            dropOldest();
        }
    }

    private void dropOldest() {
        tail = index.removeOldest().end();
        while (segments.getFirst().end() <= tail && segments.size() > 1) {
            allocated -= segments.removeFirst().bytes.length;
        }
    }

    /** The position after the newest frame. */
    long head() {
        return head;
    }

    /** Where one who comes now begins: the end, and the id of the event before it. */
    synchronized Join join() {
        LogEntry entry = index.newest();
        return new Join(head, entry == null ? startId : entry.id());
    }

    /** A place in the log, and the id of the event before it: empty if there is none, null if it is not known. */
    record Join(long position, @Nullable String id) {}

    /** The position of the oldest frame. */
    synchronized long tail() {
        return tail;
    }

    /** The position after an event, an empty id for the beginning; or {@link #UNKNOWN}. */
    synchronized long after(String id) {
        LogEntry entry = index.withId(id);
        if (entry != null) {
            return entry.end();
        }
        return tail == 0 && id.equals(startId) ? 0 : UNKNOWN;
    }

    /** The id of the newest event, else of the one before the first; empty if neither is known. */
    synchronized String newestId() {
        LogEntry entry = index.newest();
        String id = entry == null ? startId : entry.id();
        return id == null ? "" : id;
    }

    /** The id of the oldest event, null if there is none. */
    synchronized @Nullable String oldestId() {
        LogEntry entry = index.oldest();
        return entry == null ? null : entry.id();
    }

    /** As many frames after a position as one write takes; null if there are none. */
    synchronized @Nullable Run runFrom(long position) {
        if (position >= head) {
            return null;
        }
        if (position < tail) {
            return Run.TRIMMED;
        }
        var newestFirst = segments.descendingIterator();
        Segment segment = newestFirst.next();
        while (segment.start > position) {
            segment = newestFirst.next();
        }
        int offset = (int) (position - segment.start);
        return new Run(position, segment.bytes, offset, segment.used - offset, segment.end());
    }

    /** The frame at a position, null if there is none, or none any more. */
    synchronized @Nullable LogEntry entryAt(long position) {
        return position < tail ? null : index.at(position);
    }

    /** The frames from a position on that have no successor of their type, oldest first; null if the position is no longer held. */
    synchronized @Nullable Collection<LogEntry> newestFrom(long position) {
        return position < tail ? null : index.newestFrom(position);
    }

    /** The bytes that the log holds in memory. */
    synchronized long allocatedBytes() {
        return allocated + (long) index.size() * LogIndex.ENTRY_BYTES;
    }
}
