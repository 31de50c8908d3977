package dev.siaran.redis;

import java.util.List;

/** What can be asked of the log of one channel, by {@link HistoryReader}. */
interface LogView {

    /** The id of the newest entry, empty if there is none. */
    String tail();

    /**
     * The entries after one id up to and including another, oldest first.
     *
     * @param after empty for the beginning
     * @param through empty for the end
     * @param limit at least 1; there are no more than {@value ChannelLog#PAGE} in the answer
     */
    List<Entry> range(String after, String through, int limit);

    boolean contains(String id);
}
