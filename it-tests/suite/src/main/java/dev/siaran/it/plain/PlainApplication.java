package dev.siaran.it.plain;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Turns Jakarta REST on. */
@ApplicationPath("/")
public class PlainApplication extends Application {}
