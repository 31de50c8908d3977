/** The application under test: the classes that a user of Siaran would write. */
package dev.siaran.it.app;
