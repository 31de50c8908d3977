/** What is said about it: a table, a file and a chart. */
@NullMarked
package dev.siaran.bench.report;

import org.jspecify.annotations.NullMarked;
