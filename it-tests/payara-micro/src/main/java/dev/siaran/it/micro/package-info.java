/** Payara Micro, told by the tests what to deploy. */
package dev.siaran.it.micro;
