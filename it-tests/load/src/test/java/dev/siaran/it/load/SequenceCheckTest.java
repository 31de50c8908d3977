package dev.siaran.it.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequenceCheckTest {

    private final SequenceCheck check = new SequenceCheck();

    private void accept(long... sequence) {
        for (long number : sequence) {
            check.accept(number);
        }
    }

    private void assertFound(long lost, long repeated, long reordered) {
        assertEquals(lost, check.lost(), "lost");
        assertEquals(repeated, check.repeated(), "repeated");
        assertEquals(reordered, check.reordered(), "reordered");
        assertEquals(lost + repeated + reordered == 0, check.isComplete());
    }

    @Test
    void everythingOnceAndInOrderIsComplete() {
        accept(5, 6, 7, 8);
        check.end(8);

        assertFound(0, 0, 0);
    }

    @Test
    void aLostEventIsFound() {
        accept(0, 1, 3, 4);

        assertFound(1, 0, 0);
    }

    @Test
    void manyLostEventsAreFound() {
        accept(0, 1, 1_000);

        assertFound(998, 0, 0);
    }

    @Test
    void aLostEventAtTheEndIsFound() {
        accept(0, 1);
        check.end(3);

        assertFound(2, 0, 0);
    }

    @Test
    void aRepeatedEventIsFound() {
        accept(0, 1, 2, 2, 3, 1);

        assertFound(0, 2, 0);
    }

    @Test
    void aReorderedEventIsFoundAndIsNotLost() {
        accept(0, 1, 3, 2, 4);

        assertFound(0, 0, 1);
    }

    @Test
    void eventsBeforeTheFirstOneAreReorderedWhenTheyCome() {
        accept(3, 0, 1, 4);

        assertFound(0, 0, 2);
    }

    @Test
    void aReorderedEventThatComesTwiceIsBoth() {
        accept(0, 2, 1, 1, 3);

        assertFound(0, 1, 1);
    }

    @Test
    void whatComesMuchLaterIsARepetition() {
        accept(0);
        accept(100, 0);

        assertFound(99, 1, 0);
    }

    @Test
    void whatAGapAnnouncesIsNotLostInSilence() {
        accept(0, 1);
        check.gap();
        accept(10, 11, 13);

        assertEquals(1, check.gaps());
        assertEquals(8, check.skipped());
        assertEquals(1, check.lost());
        assertFalse(check.isComplete());
    }

    @Test
    void nobodyIsCompleteWithoutAnEvent() {
        check.end(10);

        assertFalse(check.isComplete());
    }

    @Test
    void aClientThatReturnsGoesOnWhereItWas() {
        accept(0, 1, 2);
        accept(3, 4);

        assertTrue(check.isComplete());
    }
}
