/** The benchmark: {@code ./mvnw -q -Pbench}. */
@NullMarked
package dev.siaran.bench;

import org.jspecify.annotations.NullMarked;
