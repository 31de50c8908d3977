/** What becomes of many clients when RabbitMQ, a node or the way between them fails. */
package dev.siaran.it.rabbitmq;
