package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.spi.Receiver;
import java.util.ArrayList;
import java.util.List;

/** What a failover may and may not do to a channel of numbered messages. */
final class Failover {

    private Failover() {}

    /**
     * Checks that each of {@code count} messages came once and in order; or that one loss was told, with all up to it before,
     * and all from some place on behind; what was lost
     * may have been the last.
     *
     * @param prefix what stands before the numbers
     * @return whether a loss was told
     */
    static boolean assertOnceOrLossTold(Receiver receiver, String prefix, int count) throws Exception {
        List<String> data = receiver.dataUpTo(prefix + (count - 1));
        receiver.assertNothingMore();
        return assertOnceOrLossTold(data, prefix, count);
    }

    /** The same of what has been received. */
    static boolean assertOnceOrLossTold(List<String> data, String prefix, int count) {
        int loss = data.indexOf(Receiver.LOST);
        if (loss < 0) {
            assertEquals(numbered(prefix, 0, count), data);
            return false;
        }
        List<String> before = data.subList(0, loss);
        List<String> after = data.subList(loss + 1, data.size());
        assertEquals(numbered(prefix, 0, loss), before);
        int first = after.isEmpty() ? count : Integer.parseInt(after.get(0).substring(prefix.length()));
        assertEquals(numbered(prefix, first, count), after);
        return true;
    }

    private static List<String> numbered(String prefix, int from, int to) {
        List<String> numbered = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbered.add(prefix + i);
        }
        return numbered;
    }
}
