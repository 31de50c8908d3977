/**
 * Channel logs, connections and the threads that write: a channel is a log, a connection is a cursor.
 */
@NullMarked
package dev.siaran.internal.hub;

import org.jspecify.annotations.NullMarked;
