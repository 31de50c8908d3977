/** Doors for publishers from outside, added to the application where they are tested. */
package dev.siaran.it.publishing;
