package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import jakarta.ws.rs.Path;

/** The class of the manual, as printed there: no scope, no injection. */
@Path("/sse/{channel}")
public class NewsStream extends AbstractSseQueueResource {}
