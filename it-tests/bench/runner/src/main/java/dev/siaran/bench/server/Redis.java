package dev.siaran.bench.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis without persistence: {@code redis-server} on the path, else the one that embedded-redis carries.
 *
 * @param process the server
 * @param port where it listens
 */
record Redis(ServerProcess process, int port) implements AutoCloseable {

    static Redis start(Path work) throws IOException, InterruptedException {
        int port = Lab.freePort();
        ServerProcess process = ServerProcess.start(
                "redis",
                work,
                List.of(
                        program(work),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                Map.of());
        process.await("PONG", () -> answers(port) ? port : null);
        return new Redis(process, port);
    }

    private static String program(Path work) throws IOException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, "redis-server");
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return ExecutableProvider.newJarResourceProvider(work.toFile()).get().getPath();
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code siaran.redis.uri} wants it. */
    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
