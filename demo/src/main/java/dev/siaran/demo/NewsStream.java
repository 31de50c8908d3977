package dev.siaran.demo;

import dev.siaran.AbstractSseQueueResource;
import jakarta.ws.rs.Path;

/** Everything that is fired for a channel. */
@Path("/sse/{channel}")
public class NewsStream extends AbstractSseQueueResource {}
