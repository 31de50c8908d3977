package dev.siaran.redis;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The same through a Unix domain socket. */
class UnixSocketBrokerTest extends RedisBrokerTest {

    @TempDir
    private static Path folder;

    @Override
    RedisServer startServer() throws Exception {
        return RedisServer.start(RedisServer.Kind.EMBEDDED, "--unixsocket", path());
    }

    private String path() {
        return folder.resolve("redis.sock").toString();
    }

    @Override
    String uri(RedisServer started) {
        if (!Files.exists(Path.of(path()))) {
            throw new IllegalStateException("the server has made no socket");
        }
        return "unix://" + path();
    }
}
