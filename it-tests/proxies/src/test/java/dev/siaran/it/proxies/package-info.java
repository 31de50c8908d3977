/** Streams behind the proxies that people have, set up as {@code server-configs} says. */
package dev.siaran.it.proxies;
