/**
 * What a broker implements to carry events between nodes.
 */
@NullMarked
package dev.siaran.spi;

import org.jspecify.annotations.NullMarked;
