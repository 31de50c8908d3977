package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;

/** A stream of one instance for all. */
@Path("/application-scoped/{channel}")
@ApplicationScoped
public class ApplicationScopedStream extends AbstractSseQueueResource {}
