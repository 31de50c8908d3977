/** What the tests stand on: archives, deployed nodes, plain HTTP, waiting. */
package dev.siaran.it.support;
