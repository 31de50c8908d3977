/**
 * The demo application: a page, a channel stream, a stream of its own and a way to publish.
 */
@NullMarked
package dev.siaran.demo;

import org.jspecify.annotations.NullMarked;
