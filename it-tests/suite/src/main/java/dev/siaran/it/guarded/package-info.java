/** Streams that decide who may listen, added to the application where it has logins. */
package dev.siaran.it.guarded;
