/** The servers that are compared, each a process of its own on the loopback interface. */
@NullMarked
package dev.siaran.bench.server;

import org.jspecify.annotations.NullMarked;
