/** What a Jakarta EE team writes by hand today. */
package dev.siaran.it.bench.baseline;
