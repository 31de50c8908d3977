/**
 * The default broker: one node, no server.
 */
@NullMarked
package dev.siaran.memory;

import org.jspecify.annotations.NullMarked;
