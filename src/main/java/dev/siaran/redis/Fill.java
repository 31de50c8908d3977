package dev.siaran.redis;

import java.util.List;

/**
 * What the log has after an id.
 *
 * @param epoch what the server's data is told by
 * @param tail the id of the newest entry, read before the entries; empty if there was none
 * @param entries oldest first
 * @param more whether there may be further entries
 */
record Fill(Epoch epoch, String tail, List<Entry> entries, boolean more) {

    /** Where a reader is who has taken all of this. */
    String lastId() {
        return entries.isEmpty() ? tail : entries.get(entries.size() - 1).id();
    }
}
