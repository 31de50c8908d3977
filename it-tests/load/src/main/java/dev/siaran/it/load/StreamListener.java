package dev.siaran.it.load;

/** Hears what one stream says; called on the loop's thread. */
public interface StreamListener {

    /** Bytes have come, and are about to be parsed. */
    void reading();

    /** The head of the response has come. */
    void opened(int status);

    /** How long to wait before the next connection. */
    void retry(long millis);

    /**
     * An event whose data begins with two numbers.
     *
     * @param sequence its number: events are numbered from 0 without a hole
     * @param stamp when it was due to be published, as {@link System#nanoTime}
     */
    void event(long sequence, long stamp);

    /** The server says that it cannot give everything that is missing. */
    void gap();

    /** The stream is over, or could not be connected. The last call. */
    void ended();
}
