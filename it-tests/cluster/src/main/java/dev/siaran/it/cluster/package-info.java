/** A cluster under load: nodes that are processes, what they publish, and clients that account for every event. */
package dev.siaran.it.cluster;
