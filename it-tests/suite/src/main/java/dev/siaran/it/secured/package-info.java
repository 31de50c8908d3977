/** Streams for some users only, added to the application where it has logins. */
package dev.siaran.it.secured;
