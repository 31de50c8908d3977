/** Servlet filters as applications have them, good and bad; a jar of them goes into the application's {@code WEB-INF/lib}. */
package dev.siaran.it.filters;
