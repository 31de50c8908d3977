/** An application for many users, of whom each has a private channel, added to the application where it has logins. */
package dev.siaran.it.crowd;
