/**
 * What the brokers with a server have in common: the bounded buffer of what is published, ids where the server numbers nothing,
 * and how an outage is told and waited for. It knows {@code spi} and no client.
 */
@NullMarked
package dev.siaran.internal.broker;

import org.jspecify.annotations.NullMarked;
