package dev.siaran.it.probe;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Turns Jakarta REST on. */
@ApplicationPath("/")
public class ProbeApplication extends Application {}
