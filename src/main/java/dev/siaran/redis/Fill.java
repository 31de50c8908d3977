package dev.siaran.redis;

import java.util.List;

/**
 * What the log has after an id.
 *
 * @param tail the id of the newest entry, read before the entries; empty if there was none
 * @param entries oldest first
 * @param more whether there may be further entries
 */
record Fill(String tail, List<Entry> entries, boolean more) {}
