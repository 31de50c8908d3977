/** The application that is measured. */
@NullMarked
package dev.siaran.it.bench.app;

import org.jspecify.annotations.NullMarked;
