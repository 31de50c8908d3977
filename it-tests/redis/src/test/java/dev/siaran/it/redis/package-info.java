/** What becomes of many clients when Redis or a node fails. */
package dev.siaran.it.redis;
