/**
 * Start, stop, the observer of fired events and the injectable queue.
 */
@NullMarked
package dev.siaran.internal.cdi;

import org.jspecify.annotations.NullMarked;
