package dev.siaran.rabbitmq;

/** A message in the stream, and what tells it from another one at the same offset of another stream of the same name. */
record Place(long offset, long stamp) {}
