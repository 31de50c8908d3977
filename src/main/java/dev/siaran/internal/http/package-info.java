/**
 * From a JAX-RS call to an open connection: handshake, takeover of the servlet response, transports, server quirks.
 */
@NullMarked
package dev.siaran.internal.http;

import org.jspecify.annotations.NullMarked;
