/** The smallest server that runs the test application: Weld SE, Jersey and Undertow in one process. */
package dev.siaran.it.embedded;
