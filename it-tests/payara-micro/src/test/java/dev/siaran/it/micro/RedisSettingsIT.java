package dev.siaran.it.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import dev.siaran.it.client.SseClients;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Http;
import dev.siaran.redis.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/** server-configs/payara/redis.asadmin. */
class RedisSettingsIT {

    private static final Path DIRECTORY = Path.of("target");
    private static final int PORT = Integer.getInteger("port.admin");

    private final Http http = new Http();

    @Test
    void whatTheServerIsToldHoldsForAnApplicationThatSaysOtherwise() throws Exception {
        try (RedisServer redis = RedisServer.start();
                SseClients clients = new SseClients()) {
            // given a server that is told to use Redis, and an application that asks for memory
            MicroProcess server = start(redis);
            try {
                deploy(server, "settings.war", Map.of("siaran.broker", "memory"));

                // when an event is fired
                SseClient client = clients.open(uri("/sse/news"));
                client.transcript().awaitOpen();
                http.post(uri("/fire/news"), "It works");

                // then it has gone through Redis
                client.transcript().awaitData("It works");
                try (Connection connection = redis.connect()) {
                    connection.sendCommand(Protocol.Command.XLEN, "siaran:{news}");
                    assertEquals(1, connection.getIntegerReply());
                }
            } finally {
                server.stop();
            }
        }
    }

    private static MicroProcess start(RedisServer redis) throws IOException {
        String configs = "../../server-configs/payara/";
        return new MicroProcess(
                DIRECTORY,
                "redis-settings",
                List.of("-Xmx256m", "-Dsiaran.redis.uri=" + redis.uri()),
                List.of(
                        "--nocluster",
                        "--disablephonehome",
                        "--prebootcommandfile",
                        configs + "micro-loopback.asadmin",
                        "--postbootcommandfile",
                        configs + "redis.asadmin",
                        "--port",
                        Integer.toString(PORT)));
    }

    private static void deploy(MicroProcess server, String name, Map<String, String> settings) throws IOException {
        Path file = DIRECTORY.resolve(name);
        Archives.app(name, settings).as(ZipExporter.class).exportTo(file.toFile(), true);
        server.deploy(file);
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + PORT + "/settings" + path);
    }
}
