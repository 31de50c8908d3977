package dev.siaran.bench.load;

import java.util.function.LongSupplier;

/** When events are published. For one thread. */
interface Pace {

    /** Begins now. */
    void begin(long now);

    /** Whether one more is due. */
    boolean isDue(long now);

    /** Takes one that is due, and answers when it was: what its delay is measured from. */
    long take(long now);

    /**
     * Open loop: so many in a second, whatever becomes of them. The delay counts from when an event was due, so that a
     * server that holds up the publisher does not look fast.
     */
    static Pace rate(double perSecond) {
        return new Rate(1e9 / perSecond);
    }

    /**
     * Closed loop: so many that not every client has got.
     *
     * @param completed how many events have reached everyone, since the beginning
     */
    static Pace window(int outstanding, LongSupplier completed) {
        return new Window(outstanding, completed);
    }

    /** Open loop. */
    final class Rate implements Pace {

        private final double interval;
        private long start;
        private long taken;

        Rate(double interval) {
            this.interval = interval;
        }

        @Override
        public void begin(long now) {
            start = now;
            taken = 0;
        }

        @Override
        public boolean isDue(long now) {
            return now >= due();
        }

        @Override
        public long take(long now) {
            long due = due();
            taken++;
            return due;
        }

        private long due() {
            return start + (long) (taken * interval);
        }
    }

    /** Closed loop. */
    final class Window implements Pace {

        private final int outstanding;
        private final LongSupplier completed;
        private long taken;

        Window(int outstanding, LongSupplier completed) {
            this.outstanding = outstanding;
            this.completed = completed;
        }

        @Override
        public void begin(long now) {
            taken = 0;
        }

        @Override
        public boolean isDue(long now) {
            return taken - completed.getAsLong() < outstanding;
        }

        @Override
        public long take(long now) {
            taken++;
            return now;
        }
    }
}
