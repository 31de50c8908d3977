package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import dev.siaran.spi.Receiver;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Protocol.Command;

/** What the tests on clusters share. Every test has a cluster of its own. */
abstract class ClusterTestCase extends RedisTest {

    RedisCluster cluster(RedisServer.Kind kind, boolean replicas) throws Exception {
        return closing(new RedisCluster(kind, replicas));
    }

    Broker node(RedisCluster cluster) {
        return node(cluster, "300ms");
    }

    Broker node(RedisCluster cluster, String timeout) {
        Map<String, String> settings = new HashMap<>(cluster.settings());
        // Whatever an outage lets gather: no test on clusters is about what is trimmed
        settings.put("siaran.redis.history", "100000");
        return open(settings, "siaran.redis.timeout", timeout);
    }

    static Receiver receive(Broker broker, String channel) throws Exception {
        var receiver = new Receiver();
        broker.subscribe(channel, receiver);
        receiver.awaitLive();
        return receiver;
    }

    static String publish(Broker broker, String channel, String data) throws Exception {
        return Await.value(broker.publish(new Message(channel, "e", data)));
    }

    /** The numbers of their connections. */
    static String subscribers(RedisCluster cluster, int server) {
        return new String((byte[]) cluster.command(server, Command.CLIENT, "LIST", "TYPE", "pubsub"), UTF_8)
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
