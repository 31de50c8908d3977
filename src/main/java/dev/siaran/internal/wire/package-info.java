/**
 * Events to bytes and back: the only encoder of the WHATWG event stream format.
 */
@NullMarked
package dev.siaran.internal.wire;

import org.jspecify.annotations.NullMarked;
