package dev.siaran.jms;

import dev.siaran.jms.Wire.Beat;
import dev.siaran.jms.Wire.Event;
import dev.siaran.jms.Wire.Heard;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The number that was last heard of each publisher: tells a repetition, and that something is missing. Used by one thread.
 *
 * <p>A publisher that is heard for the first time may begin with any number.
 */
final class Sequences {

    /** More nodes than a topic has at a time; those that have been silent for longest are forgotten. */
    private static final int MAX_PUBLISHERS = 1_000;

    enum Verdict {
        NEXT,
        REPEATED,
        AFTER_A_LOSS
    }

    private record Last(long sequence, int session) {}

    private final Map<String, Last> publishers = new LinkedHashMap<>(16, 0.75f, true);
    private int session;

    /** What was sent from here until each publisher is heard again is known to be lost; it is no new loss. */
    void interrupted() {
        session++;
    }

    Verdict of(Event event) {
        Last last = publishers.get(event.publisher());
        if (last != null && event.sequence() <= last.sequence()) {
            return Verdict.REPEATED;
        }
        return note(event, event.sequence() - 1, last) ? Verdict.NEXT : Verdict.AFTER_A_LOSS;
    }

    /** Whether all that its publisher had sent before has come. */
    boolean isComplete(Beat beat) {
        return note(beat, beat.sequence(), publishers.get(beat.publisher()));
    }

    /** Notes what was heard; returns whether nothing is missing up to the number before it. */
    private boolean note(Heard heard, long before, @Nullable Last last) {
        long sequence = last == null ? heard.sequence() : Math.max(last.sequence(), heard.sequence());
        publishers.put(heard.publisher(), new Last(sequence, session));
        if (publishers.size() > MAX_PUBLISHERS) {
            publishers.remove(publishers.keySet().iterator().next());
        }
        return last == null || last.session() != session || before <= last.sequence();
    }
}
