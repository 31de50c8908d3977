package dev.siaran.bench.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers.
 *
 * @param process to measure, and to end
 * @param stream the stream of the benchmark's channel
 * @param held a stream that is only held open, null if there is none
 * @param feed where events are published, as the load generator wants it
 */
public record RunningServer(
        ServerProcess process, URI stream, @Nullable URI held, URI feed) implements AutoCloseable {

    /** Ends the process. */
    @Override
    public void close() {
        process.close();
    }
}
