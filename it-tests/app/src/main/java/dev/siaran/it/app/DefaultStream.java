package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import jakarta.ws.rs.Path;

/** A stream whose path names no channel. */
@Path("/default")
public class DefaultStream extends AbstractSseQueueResource {}
