/** What is measured. */
@NullMarked
package dev.siaran.bench.scenario;

import org.jspecify.annotations.NullMarked;
