package dev.siaran.internal.http;

import java.util.function.BiConsumer;

/** The headers of every stream: no cache, no proxy's buffer and no transformation between server and client. */
final class StreamHeaders {

    private StreamHeaders() {}

    static void set(BiConsumer<String, String> header) {
        header.accept("Cache-Control", "no-store, no-transform");
        header.accept("X-Accel-Buffering", "no");
    }
}
