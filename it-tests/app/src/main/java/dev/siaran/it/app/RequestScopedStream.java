package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** A stream of an instance for each request. */
@Path("/request-scoped/{channel}")
@RequestScoped
public class RequestScopedStream extends AbstractSseQueueResource {}
