/** The suite: what holds on every server. Each class deploys the test application anew. */
package dev.siaran.it;
