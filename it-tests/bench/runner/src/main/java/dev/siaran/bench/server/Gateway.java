package dev.siaran.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The process of {@link BrokerGateway}.
 *
 * @param process the process
 * @param port where it takes {@code PUBLISH}
 */
record Gateway(ServerProcess process, int port) implements AutoCloseable {

    static Gateway start(Path build, Path work, Redis redis) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.start(
                "gateway",
                work,
                List.of(
                        Lab.java(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Lab.classPath(build),
                        BrokerGateway.class.getName(),
                        redis.uri()),
                Map.of());
        return new Gateway(process, Integer.parseInt(process.awaitLine(BrokerGateway.LISTENING)));
    }

    @Override
    public void close() {
        process.close();
    }
}
