package dev.siaran.internal.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a subscribe method.
 *
 * @param user the name of who is logged in, null if nobody is
 * @param expires when what the client has shown expires, null if it does not
 */
public record Caller(@Nullable String user, @Nullable Instant expires) {}
