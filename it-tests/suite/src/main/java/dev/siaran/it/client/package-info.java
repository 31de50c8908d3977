/** An {@code EventSource} for tests: many streams on one thread, with everything recorded that a test may ask for. */
package dev.siaran.it.client;
