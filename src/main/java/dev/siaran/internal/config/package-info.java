/**
 * Configuration keys, their defaults and limits, read once into immutable records.
 */
@NullMarked
package dev.siaran.internal.config;

import org.jspecify.annotations.NullMarked;
