/**
 * The RabbitMQ broker: one stream queue for all channels, read by every node from where it left off.
 */
@NullMarked
package dev.siaran.rabbitmq;

import org.jspecify.annotations.NullMarked;
