package dev.siaran.rabbitmq;

import dev.siaran.spi.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three servers of this machine that keep a stream together: a majority is there when one of them is not. */
final class RabbitCluster implements AutoCloseable {

    private static final int SERVERS = 3;

    private final List<RabbitProcess> servers = new ArrayList<>();

    RabbitCluster() throws Exception {
        var epmd = new Epmd();
        List<Integer> ports = new ArrayList<>();
        List<String> configuration = new ArrayList<>();
        configuration.add("cluster_formation.peer_discovery_backend = classic_config");
        for (int i = 0; i < SERVERS; i++) {
            ports.add(FreePorts.next());
            configuration.add(
                    "cluster_formation.classic_config.nodes." + (i + 1) + " = " + RabbitProcess.name(ports.get(i)));
        }
        for (int port : ports) {
            servers.add(new RabbitProcess(port, epmd, configuration));
        }
        try {
            for (RabbitProcess server : servers) {
                server.launch();
            }
            for (RabbitProcess server : servers) {
                server.awaitStarted();
            }
            servers.get(0).ctl("await_online_nodes", String.valueOf(SERVERS));
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** The one through which all that is published must go. There is one stream. */
    RabbitProcess leader() throws Exception {
        String said = servers.get(0).ctl("list_queues", "leader");
        return servers.stream()
                .filter(server -> said.contains(RabbitProcess.name(server.port())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    RabbitProcess other(RabbitProcess server) {
        return servers.get((servers.indexOf(server) + 1) % SERVERS);
    }

    /** The value for {@code siaran.rabbitmq.uri}: a login, and all servers. */
    String uri() {
        return "amqp://guest:guest@"
                + servers.stream().map(server -> "127.0.0.1:" + server.port()).collect(Collectors.joining(","));
    }

    @Override
    public void close() throws Exception {
        for (RabbitProcess server : servers) {
            server.kill9();
        }
        for (RabbitProcess server : servers) {
            server.close();
        }
    }
}
