package dev.siaran.it.bench.app;

import dev.siaran.AbstractSseQueueResource;
import jakarta.ws.rs.Path;

/** The class of the manual. */
@Path("/sse/{channel}")
public class NewsStream extends AbstractSseQueueResource {}
