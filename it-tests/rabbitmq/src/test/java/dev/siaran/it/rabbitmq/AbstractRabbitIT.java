package dev.siaran.it.rabbitmq;

import dev.siaran.it.cluster.AbstractClusterIT;
import dev.siaran.rabbitmq.RabbitServer;
import java.util.Map;
import java.util.TreeMap;

/** A RabbitMQ and two nodes, the same for every test of a class, and an audience for each test. */
abstract class AbstractRabbitIT extends AbstractClusterIT {

    private RabbitServer rabbit;

    /** Starts everything; an outage must fit in the buffer. */
    final void start(Map<String, String> keys) throws Exception {
        rabbit = closing(RabbitServer.start());
        var all = new TreeMap<>(Map.of(
                "siaran.broker", "rabbitmq",
                "siaran.rabbitmq.uri", rabbit.uri(),
                "siaran.publish-buffer", "100000",
                "siaran.publish-buffer-bytes", "64MiB"));
        all.putAll(keys);
        startNodes("256m", all);
    }

    final RabbitServer rabbit() {
        return rabbit;
    }
}
