package dev.siaran.bench.load;

/** Hears what one stream says. */
interface StreamListener {

    /**
     * An event of this benchmark.
     *
     * @param sequence its number: events are numbered from 0 without a hole
     * @param stamp when it was due to be published, as {@link System#nanoTime}
     */
    void event(long sequence, long stamp);

    /** The server says that it cannot give everything that is missing. */
    void gap();
}
