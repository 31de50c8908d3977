package dev.siaran.bench.server;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The applications that are deployed, below the context path {@code /bench}. */
enum WebApp {
    SIARAN("siaran-bench-app.war", ""),
    BASELINE("siaran-bench-baseline.war", "baseline-");

    static final String CONTEXT = "bench";

    private final String file;
    private final String prefix;

    WebApp(String file, String prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    /** Its name among the built applications. */
    String file() {
        return file;
    }

    /** The name of the target that runs it on a server. */
    String targetOn(String server) {
        return prefix + server;
    }

    boolean isSiaran() {
        return this == SIARAN;
    }

    /** System properties that connect it to the laboratory's Redis. */
    Map<String, String> properties(Lab lab, Map<String, String> keys) {
        if (!isSiaran()) {
            return Map.of("bench.redis.uri", lab.redis().uri());
        }
        var properties = new LinkedHashMap<>(keys);
        properties.put("siaran.broker", "redis");
        properties.put("siaran.redis.uri", lab.redis().uri());
        return properties;
    }

    /** The server, once it answers. */
    RunningServer running(Lab lab, ServerProcess process, int port, String target) throws InterruptedException {
        URI root = URI.create("http://127.0.0.1:" + port + "/" + CONTEXT + "/");
        URI stream = root.resolve("sse/" + target);
        process.awaitAnswer(stream);
        int feed = isSiaran() ? lab.gateway().port() : lab.redis().port();
        return new RunningServer(
                process,
                stream,
                isSiaran() ? root.resolve("held/" + target) : null,
                URI.create("redis://127.0.0.1:" + feed + "/" + target));
    }
}
