package dev.siaran.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * Who calls a subscribe method.
 *
 * @param user the name of who is logged in, null if nobody is
 */
public record Caller(@Nullable String user) {}
