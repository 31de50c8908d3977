/**
 * Thousands of streams, read by one thread and one selector. Every stream is read byte for byte and every event is accounted
 * for; nothing is allocated for an event.
 */
@NullMarked
package dev.siaran.it.load;

import org.jspecify.annotations.NullMarked;
