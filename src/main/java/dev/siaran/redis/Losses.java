package dev.siaran.redis;

/**
 * What this node has said to be lost, so that a loss which is noticed in two ways is told once. Belongs to one
 * {@link ChannelFeed} and its lock.
 */
final class Losses {

    /** Nothing up to here is worth a word: it has been delivered, or said to be lost. */
    private StreamId settled = new StreamId(0, 0);

    private boolean justTold;

    /** All up to this id has come, or came before the channel was subscribed. */
    void heard(String id) {
        settle(StreamId.of(id));
    }

    /** A loss is told now, of messages after this id. */
    void told(String last) {
        settle(StreamId.of(last));
        justTold = true;
    }

    /** Whether this entry, which is next, tells of a loss that is news. */
    boolean isNews(Entry next) {
        String forgotten = next.forgotten();
        return forgotten != null && !justTold && StreamId.of(forgotten).compareTo(settled) > 0;
    }

    /** What was lost lies before this entry, whoever had published it. */
    void delivered(Entry entry) {
        if (justTold) {
            settle(entry.place());
            justTold = false;
        }
    }

    private void settle(StreamId place) {
        settled = place.compareTo(settled) > 0 ? place : settled;
    }
}
