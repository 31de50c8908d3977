package dev.siaran.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void anOpenLoopDatesAnEventToWhenItWasDueEvenIfItIsLate() {
        Pace pace = Pace.rate(1_000);
        pace.begin(0);

        assertEquals(0, pace.take(0));
        assertFalse(pace.isDue(999_999));
        assertTrue(pace.isDue(5_000_000));
        assertEquals(1_000_000, pace.take(5_000_000));
        assertEquals(2_000_000, pace.take(5_000_000));
    }

    @Test
    void aClosedLoopWaitsForEveryone() {
        var completed = new AtomicLong();
        Pace pace = Pace.window(2, completed::get);
        pace.begin(0);

        pace.take(0);
        pace.take(0);
        assertFalse(pace.isDue(0));
        completed.set(1);
        assertTrue(pace.isDue(0));
    }
}
