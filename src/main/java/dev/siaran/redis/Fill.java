package dev.siaran.redis;

import java.util.List;

/**
 * What the log has after an id.
 *
 * @param epoch what the server's data is told by; another one means that all was lost before
 * @param tail the id of the newest entry, read before the entries; empty if there was none
 * @param entries oldest first
 * @param more whether there may be further entries
 */
record Fill(String epoch, String tail, List<Entry> entries, boolean more) {}
