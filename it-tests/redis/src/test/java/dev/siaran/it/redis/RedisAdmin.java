package dev.siaran.it.redis;

import dev.siaran.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.SafeEncoder;

/** What an operator asks of Redis. Each call is a connection of its own. */
record RedisAdmin(RedisServer redis) {

    private static final Pattern CLIENT = Pattern.compile("^id=(\\d+) .* name=(\\S*) ", Pattern.MULTILINE);

    /** A Redis that obeys {@code DEBUG}, which one of 6.2 does anyway. */
    static RedisServer startWithDebug(String... options) throws Exception {
        var server = RedisServer.start(options);
        if (new RedisAdmin(server).version() < 7) {
            return server;
        }
        server.close();
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--enable-debug-command", "yes"));
        return RedisServer.start(all.toArray(String[]::new));
    }

    private int version() {
        return info("server", "redis_version:(\\d+)");
    }

    /** How many times a command was called. */
    int calls(String command) {
        return info("commandstats", "cmdstat_" + command + ":calls=(\\d+)");
    }

    private int info(String section, String pattern) {
        Matcher number = Pattern.compile(pattern).matcher(command(Command.INFO, RedisAdmin::text, section));
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private <T> T command(Command command, Function<Object, T> reading, String... arguments) {
        try (Connection connection = redis.connect()) {
            connection.sendCommand(command, arguments);
            return reading.apply(connection.getOne());
        }
    }

    /** Lets the server answer nobody for so long, and waits for the end. */
    void sleep(int seconds) {
        try (Connection connection = redis.connect()) {
            connection.setTimeoutInfinite();
            connection.sendCommand(() -> "DEBUG".getBytes(StandardCharsets.US_ASCII), "SLEEP", String.valueOf(seconds));
            connection.getOne();
        }
    }

    void flushScripts() {
        command(Command.SCRIPT, RedisAdmin::text, "FLUSH");
    }

    /** The connections whose names match, by their numbers. */
    Map<String, String> clients(String name) {
        String list = command(Command.CLIENT, RedisAdmin::text, "LIST");
        var found = new TreeMap<String, String>();
        CLIENT.matcher(list)
                .results()
                .filter(client -> client.group(2).matches(name))
                .forEach(client -> found.put(client.group(1), client.group(2)));
        return found;
    }

    void kill(String client) {
        command(Command.CLIENT, reply -> reply, "KILL", "ID", client);
    }

    /** How many subscribers each channel has, of those whose names begin so. */
    Map<String, Long> subscribers(String prefix) {
        List<?> names = command(Command.PUBSUB, reply -> (List<?>) reply, "CHANNELS", prefix + "*");
        var arguments = new ArrayList<>(List.of("NUMSUB"));
        names.forEach(name -> arguments.add(text(name)));
        List<?> pairs = command(Command.PUBSUB, reply -> (List<?>) reply, arguments.toArray(String[]::new));
        var numbers = new TreeMap<String, Long>();
        for (int i = 0; i < pairs.size(); i += 2) {
            numbers.put(text(pairs.get(i)), (Long) pairs.get(i + 1));
        }
        return numbers;
    }

    private static String text(Object reply) {
        return SafeEncoder.encode((byte[]) reply);
    }
}
