package dev.siaran.it.bench.baseline;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Turns Jakarta REST on. */
@ApplicationPath("/")
public class RestApplication extends Application {}
