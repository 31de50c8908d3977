/** An application without Siaran, to compare with: its own streams over {@code SseEventSink}, and a bean. */
package dev.siaran.it.plain;
