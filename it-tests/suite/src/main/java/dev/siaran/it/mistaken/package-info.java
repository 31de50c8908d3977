/** A resource with a mistake, added to the application. */
package dev.siaran.it.mistaken;
