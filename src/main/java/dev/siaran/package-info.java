/**
 * What applications write against: two resource classes to extend, one event to fire, one queue to inject.
 */
@NullMarked
package dev.siaran;

import org.jspecify.annotations.NullMarked;
