package dev.siaran.redis;

import dev.siaran.spi.Await;
import dev.siaran.spi.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on 127.0.0.1 and a free port, with an append-only file: from a container if a Docker daemon answers, else
 * {@code redis-server} on the path, else the binary in the jar of embedded-redis. {@code -Dsiaran.test.redis=docker},
 * {@code path} or {@code embedded} chooses. Public for the tests of other modules.
 */
public abstract class RedisServer implements AutoCloseable {

    /** Where the server comes from. */
    public enum Kind {
        DOCKER,
        PATH,
        EMBEDDED
    }

    private final int port;

    RedisServer(int port) {
        this.port = port;
    }

    /** A running server of the kind that is asked for or available, with further options of {@code redis-server}. */
    public static RedisServer start(String... options) throws Exception {
        return start(defaultKind(), options);
    }

    /** A running server of one kind. */
    public static RedisServer start(Kind kind, String... options) throws Exception {
        RedisServer server = switch (kind) {
            case DOCKER -> new RedisContainer(FreePorts.next(), List.of(options));
            case PATH -> new RedisProcess(requirePath(), FreePorts.next(), List.of(options));
            case EMBEDDED -> new RedisProcess(embedded(), FreePorts.next(), List.of(options));
        };
        server.restart();
        return server;
    }

    /** The kind that is asked for or available, and the one with the oldest server that is supported, Redis 6.2. */
    static Set<Kind> kinds() {
        return EnumSet.of(defaultKind(), Kind.EMBEDDED);
    }

    /** A kind whose servers can reach each other on this machine: not a container. */
    public static Kind local() {
        return onPath() == null ? Kind.EMBEDDED : Kind.PATH;
    }

    /** A running server of a cluster. */
    static RedisServer startForCluster(Kind kind, String... options) throws Exception {
        int port = freeClusterPort();
        RedisServer server = new RedisProcess(kind == Kind.PATH ? requirePath() : embedded(), port, List.of(options));
        server.restart();
        return server;
    }

    /** A running sentinel, with the lines of its configuration. */
    static RedisServer startSentinel(String... lines) throws Exception {
        Path folder = Files.createTempDirectory("siaran-sentinel");
        Path file = folder.resolve("sentinel.conf");
        Files.write(file, List.of(lines));
        var sentinel = new RedisProcess(local() == Kind.PATH ? onPath() : embedded(), FreePorts.next(), folder, file);
        sentinel.restart();
        return sentinel;
    }

    private static Kind defaultKind() {
        String chosen = System.getProperty("siaran.test.redis", "");
        if (!chosen.isBlank()) {
            return Kind.valueOf(chosen.trim().toUpperCase(Locale.ROOT));
        }
        boolean mayHaveDocker = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        if (mayHaveDocker && DockerClientFactory.instance().isDockerAvailable()) {
            return Kind.DOCKER;
        }
        return onPath() == null ? Kind.EMBEDDED : Kind.PATH;
    }

    private static String requirePath() {
        String binary = onPath();
        if (binary == null) {
            throw new IllegalStateException("there is no redis-server on the PATH");
        }
        return binary;
    }

    private static String onPath() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, "redis-server");
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return null;
    }

    private static String embedded() throws IOException {
        return Embedded.BINARY.getPath();
    }

    /** Unpacked once. */
    private static final class Embedded {
        static final File BINARY = unpack();

        private static File unpack() {
            try {
                File folder = Files.createTempDirectory("siaran-redis-binary").toFile();
                folder.deleteOnExit();
                File binary = ExecutableProvider.newJarResourceProvider(folder).get();
                binary.deleteOnExit();
                return binary;
            } catch (IOException e) {
                throw new IllegalStateException("the embedded Redis cannot be unpacked", e);
            }
        }
    }

    /** Its second port is 10,000 above. */
    private static int freeClusterPort() {
        int port;
        do {
            port = FreePorts.next();
        } while (!FreePorts.isFree(port + 10_000));
        return port;
    }

    /** The same after every restart. */
    public final int port() {
        return port;
    }

    /** The value for {@code siaran.redis.uri}. */
    public final String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** A connection for the test's own commands. */
    public final Connection connect() {
        return new Connection(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().serverDefaultProtocol().build());
    }

    /** Kills the process, without a chance to write anything. */
    public abstract void kill9() throws Exception;

    /** Starts the process, on the data that it had, and waits until it answers. */
    public abstract void restart() throws Exception;

    /** Starts the killed process without its data. */
    public abstract void restartEmpty() throws Exception;

    /** Stops the process in its tracks; its connections stay open. */
    public abstract void pause() throws Exception;

    /** Lets a paused process go on. */
    public abstract void resume() throws Exception;

    /** Ends the server and deletes its data. */
    @Override
    public abstract void close() throws Exception;

    final void awaitReady() throws Exception {
        Await.until("Redis answers", this::answers);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            // A server that asks for a password is up as well
            String text = new String(answer, StandardCharsets.US_ASCII);
            return text.equals("+PONG") || text.equals("-NOAU");
        } catch (IOException e) {
            return false;
        }
    }
}
