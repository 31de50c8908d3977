package dev.siaran.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all servers of a run have in common: files, Redis, and the way in for events.
 *
 * @param build the module's build directory, with {@code classes}, {@code class-path}, {@code embedded}, {@code
 *     applications} and {@code servers}
 * @param work where servers write
 * @param heap the heap of each Java server, as {@code -Xmx} takes it
 * @param floor a program that is the floor, null if there is none
 */
public record Lab(
        Path build, Path work, String heap, @Nullable Path floor, Redis redis, Gateway gateway, AtomicInteger counter)
        implements AutoCloseable {

    /** Ports that the system gives to no client: those of the load generator's many would be in the way. */
    private static final int FIRST_PORT = 20_000;

    private static final int EPHEMERAL_PORTS = 32_768;

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Starts what is common. */
    public static Lab open(Path build, String heap, @Nullable Path floor) throws IOException, InterruptedException {
        Path work = build.resolve("work");
        Directories.delete(work);
        Files.createDirectories(work);
        Redis redis = Redis.start(work);
        try {
            Gateway gateway = Gateway.start(build, work, redis);
            return new Lab(build, work, heap, floor, redis, gateway, new AtomicInteger());
        } catch (RuntimeException | IOException | InterruptedException e) {
            redis.close();
            throw e;
        }
    }

    /** The java of this process. */
    public static String java() {
        return JAVA.toString();
    }

    /** The class path of everything in this module. */
    public static String classPath(Path build) {
        return build.resolve("classes") + ":" + build.resolve("class-path") + "/*";
    }

    /** The class path of the embedded server with the application. */
    String embeddedClassPath() {
        return build.resolve("embedded") + "/*";
    }

    Path application(WebApp app) {
        return build.resolve("applications").resolve(app.file());
    }

    /** Where a server was unpacked. */
    Path server(String prefix) {
        try (Stream<Path> entries = Files.list(build.resolve("servers"))) {
            return entries.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(prefix + " is not unpacked in " + build));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of the heap from the start, so that it does not grow meanwhile. */
    List<String> heapOptions() {
        return List.of("-Xms" + heap, "-Xmx" + heap);
    }

    /** A directory that nobody has used. */
    Path fresh(String name) throws IOException {
        return Files.createDirectories(work.resolve(name + "-" + counter.incrementAndGet()));
    }

    /** System properties as arguments. */
    static List<String> arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, EPHEMERAL_PORTS);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it: another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        redis.close();
    }
}
