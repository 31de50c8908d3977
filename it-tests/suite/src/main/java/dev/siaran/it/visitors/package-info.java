/** Clients that come and go in all the ways there are, and look at every byte that they get. */
package dev.siaran.it.visitors;
