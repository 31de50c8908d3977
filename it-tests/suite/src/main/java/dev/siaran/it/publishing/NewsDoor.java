package dev.siaran.it.publishing;

import dev.siaran.AbstractSsePublishResource;
import jakarta.ws.rs.Path;

/** For who has the role that is asked for by default. */
@Path("/door/{channel: .+}")
public class NewsDoor extends AbstractSsePublishResource {}
