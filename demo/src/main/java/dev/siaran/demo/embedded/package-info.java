/**
 * The embedded runtime of the demo: Weld SE, Jersey and Undertow. Not in the WAR.
 */
@NullMarked
package dev.siaran.demo.embedded;

import org.jspecify.annotations.NullMarked;
