package dev.siaran.demo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Jakarta REST at the root of the application; the server finds the resources by their {@code @Path}. */
@ApplicationPath("/")
public class DemoApplication extends Application {}
