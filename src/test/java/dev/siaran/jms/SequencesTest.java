package dev.siaran.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.jms.Sequences.Verdict;
import dev.siaran.jms.Wire.Beat;
import dev.siaran.jms.Wire.Event;
import dev.siaran.spi.Message;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private final Sequences sequences = new Sequences();

    private Verdict event(long sequence) {
        return sequences.of(new Event("node", sequence, new Message("news", null, "data")));
    }

    @Test
    void whatWasMissedDuringAnInterruptionIsNotToldTwice() {
        // given
        event(1);

        // when
        sequences.interrupted();

        // then: a jump is known, a repetition is one all the same, and a jump after that is a loss
        assertEquals(Verdict.REPEATED, event(1));
        assertEquals(Verdict.NEXT, event(5));
        assertEquals(Verdict.AFTER_A_LOSS, event(7));
    }

    @Test
    void aBeatAfterAnInterruptionIsWhereCountingBeginsAgain() {
        // given
        event(1);
        sequences.interrupted();

        // when
        assertTrue(sequences.isComplete(new Beat("node", 5, 1)));

        // then
        assertEquals(Verdict.AFTER_A_LOSS, event(7));
    }
}
