/**
 * The Redis broker: one subscriber connection per node, history in Redis Streams.
 */
@NullMarked
package dev.siaran.redis;

import org.jspecify.annotations.NullMarked;
