/** A second application, without Siaran: sees what an application leaves behind in the server's process. */
package dev.siaran.it.probe;
