package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.spi.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three masters that share the slots, each with a replica if asked for; processes of this machine. */
public final class RedisCluster implements AutoCloseable {

    public static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();

    public RedisCluster(RedisServer.Kind kind, boolean replicas) throws Exception {
        for (int i = 0; i < (replicas ? 2 : 1) * MASTERS; i++) {
            servers.add(RedisServer.startForCluster(
                    kind,
                    "--cluster-enabled",
                    "yes",
                    "--cluster-node-timeout",
                    "1000",
                    "--cluster-require-full-coverage",
                    "no",
                    "--cluster-replica-validity-factor",
                    "0",
                    "--repl-diskless-sync-delay",
                    "0",
                    // Written to the file before the answer all the same, which "everysec" does not promise
                    "--appendfsync",
                    "no"));
        }
        for (int i = 0; i < MASTERS; i++) {
            List<String> slots = IntStream.range(firstSlot(i), firstSlot(i + 1))
                    .mapToObj(String::valueOf)
                    .collect(Collectors.toCollection(ArrayList::new));
            slots.add(0, "ADDSLOTS");
            command(i, Command.CLUSTER, slots.toArray(String[]::new));
        }
        for (int i = 1; i < servers.size(); i++) {
            command(i, Command.CLUSTER, "MEET", "127.0.0.1", String.valueOf(port(0)));
        }
        awaitKnown(servers.size());
        for (int i = MASTERS; i < servers.size(); i++) {
            command(i, Command.CLUSTER, "REPLICATE", id(i - MASTERS));
        }
        for (int i = 0; i < servers.size(); i++) {
            int number = i;
            Await.until("the cluster is up", () -> isUp(number));
        }
        for (int i = MASTERS; i < servers.size(); i++) {
            int number = i;
            Await.until("the replica has a copy", () -> info(number).contains("master_link_status:up"));
        }
        Await.until("the servers agree", this::isAgreed);
    }

    private static int firstSlot(int master) {
        return master * SLOTS / MASTERS;
    }

    private void awaitKnown(int count) throws Exception {
        for (int i = 0; i < servers.size(); i++) {
            int number = i;
            Await.until(
                    "all have met",
                    () -> nodes(number)
                                    .filter(line -> !line.contains("handshake"))
                                    .count()
                            == count);
        }
    }

    private Stream<String> nodes(int number) {
        return new String((byte[]) command(number, Command.CLUSTER, "NODES"), UTF_8).lines();
    }

    private String id(int number) {
        return new String((byte[]) command(number, Command.CLUSTER, "MYID"), UTF_8);
    }

    private boolean isUp(int number) {
        String state = new String((byte[]) command(number, Command.CLUSTER, "INFO"), UTF_8);
        return state.contains("cluster_state:ok") && state.contains("cluster_slots_ok:" + SLOTS);
    }

    /** Whether one server takes another for dead. */
    boolean isFailed(int number, int other) {
        return nodes(number).anyMatch(line -> line.contains(":" + port(other) + "@") && line.contains(",fail "));
    }

    /** Waits until the replica of a master has all. */
    void awaitCopied(int master) throws Exception {
        Await.until("the replica has all", () -> offset(master).equals(offset(master + MASTERS)));
    }

    private String offset(int number) {
        return info(number).replaceAll("(?s).*master_repl_offset:(\\d+).*", "$1");
    }

    /** Waits until the master knows its replica, which it asks to wait for the last of its data. */
    void awaitReplica(int master) throws Exception {
        Await.until("the replica is there", () -> info(master).contains("state=online"));
    }

    /** Cuts the replica of a master off, so that it comes back only as a master. */
    void stopCopying(int master) throws Exception {
        command(master + MASTERS, Command.CONFIG, "SET", "masterauth", "wrong");
        command(master, Command.CLIENT, "KILL", "TYPE", "replica");
        Await.until("it is cut off", () -> info(master + MASTERS).contains("master_link_status:down"));
    }

    /** Gives the slot of a channel from one master to another, as {@code redis-cli --cluster reshard} does. */
    void moveSlot(String channel, int from, int to) throws Exception {
        beginMove(channel, from, to);
        moveKeys(channel, from, to);
        endMove(channel, from, to);
    }

    void beginMove(String channel, int from, int to) throws Exception {
        Await.until("the servers agree", this::isAgreed);
        command(to, Command.CLUSTER, "SETSLOT", slot(channel), "IMPORTING", id(from));
        command(from, Command.CLUSTER, "SETSLOT", slot(channel), "MIGRATING", id(to));
    }

    /**
     * Whether all say the same of who owns what, and no two masters claim what they own as of the same epoch. A slot that is
     * moved before that may end up with nobody: each server sends who asks for it to another one.
     */
    private boolean isAgreed() {
        List<String> owners = owners(0).toList();
        return owners.stream().map(owner -> owner.split(" ")[1]).distinct().count() == owners.size()
                && IntStream.range(1, servers.size())
                        .allMatch(number -> owners(number).toList().equals(owners));
    }

    /** Each master as one server sees it: its id, its epoch, its slots but for those that are being moved. */
    private Stream<String> owners(int number) {
        return nodes(number)
                .map(line -> line.split(" "))
                .filter(fields -> fields[2].contains("master"))
                .map(fields -> fields[0]
                        + ' '
                        + fields[6]
                        + ' '
                        + Stream.of(fields)
                                .skip(8)
                                .filter(slots -> !slots.startsWith("["))
                                .collect(Collectors.joining(" ")))
                .sorted();
    }

    void moveKeys(String channel, int from, int to) {
        List<String> arguments =
                new ArrayList<>(List.of("127.0.0.1", String.valueOf(port(to)), "", "0", "5000", "KEYS"));
        for (Object key : (List<?>) command(from, Command.CLUSTER, "GETKEYSINSLOT", slot(channel), "100")) {
            arguments.add(new String((byte[]) key, UTF_8));
        }
        command(from, Command.MIGRATE, arguments.toArray(String[]::new));
    }

    void endMove(String channel, int from, int to) {
        command(to, Command.CLUSTER, "SETSLOT", slot(channel), "NODE", id(to));
        command(from, Command.CLUSTER, "SETSLOT", slot(channel), "NODE", id(to));
    }

    private static String slot(String channel) {
        return String.valueOf(JedisClusterCRC16.getSlot("siaran:{" + channel + "}"));
    }

    String info(int number) {
        return new String((byte[]) command(number, Command.INFO), UTF_8);
    }

    public RedisServer server(int number) {
        return servers.get(number);
    }

    int port(int number) {
        return servers.get(number).port();
    }

    /** The settings of a node. */
    public Map<String, String> settings() {
        return Map.of(
                "siaran.redis.cluster.nodes",
                servers.get(0).uri() + ", " + servers.get(1).uri());
    }

    Object command(int number, Command command, String... arguments) {
        try (Connection connection = servers.get(number).connect()) {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        }
    }

    void flush() {
        for (int i = 0; i < MASTERS; i++) {
            command(i, Command.FLUSHALL);
        }
    }

    /** The master that is given a channel's slot at first. */
    static int masterOf(String channel) {
        int slot = JedisClusterCRC16.getSlot("siaran:{" + channel + "}");
        return IntStream.range(0, MASTERS)
                .filter(i -> slot < firstSlot(i + 1))
                .findFirst()
                .orElseThrow();
    }

    /** A channel of a master. */
    public static String channelOf(int master) {
        return channelOf(master, "news-");
    }

    /** A channel of a master, whose name begins in a certain way. */
    static String channelOf(int master, String prefix) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> prefix + i)
                .filter(channel -> masterOf(channel) == master)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws Exception {
        for (RedisServer server : servers) {
            server.close();
        }
    }
}
