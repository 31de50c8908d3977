package dev.siaran.rabbitmq;

import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An {@code epmd}, by which RabbitMQ, its tools and other servers find one another, for those of one test. The folder is the home
 * of all of them, with the cookie by which they know that they belong together.
 */
final class Epmd implements AutoCloseable {

    private final Path folder = Files.createTempDirectory("siaran-rabbitmq");
    private final int port = FreePorts.next();
    private Process process;

    Epmd() throws IOException {}

    Path folder() {
        return folder;
    }

    Map<String, String> environment() {
        return Map.of(
                "HOME",
                folder.toString(),
                "ERL_EPMD_ADDRESS",
                "127.0.0.1",
                "ERL_EPMD_PORT",
                String.valueOf(port),
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}");
    }

    /** Starts it, if that has not been done. */
    void start(Path program) throws IOException {
        if (process == null) {
            var builder = new ProcessBuilder(
                    List.of(program.toString(), "-address", "127.0.0.1", "-port", String.valueOf(port)));
            builder.environment().putAll(environment());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("epmd.log").toFile())
                    .start();
        }
    }

    /** Ends it, and deletes the folder. */
    @Override
    public void close() {
        try {
            if (process != null) {
                process.destroyForcibly().waitFor();
            }
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
