/**
 * The load generator: one thread, one selector, thousands of streams. Every stream is read byte for byte and every event is
 * accounted for; nothing is allocated for an event.
 */
@NullMarked
package dev.siaran.bench.load;

import org.jspecify.annotations.NullMarked;
