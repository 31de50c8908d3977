/** Users and a login that the server's own security takes from the application (Jakarta Security). */
package dev.siaran.it.users;
