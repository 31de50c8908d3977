package dev.siaran.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface for servers that a test starts, and starts again. They are below those that the system gives to whoever
 * connects: of these, tests use thousands, and one that is free now may have a client, or the rest of one, a moment later.
 */
public final class FreePorts {

    private static final int FIRST = 12_000;

    /** Where the ports of the servers under test begin. */
    private static final int END = 20_000;

    /** Some are given before the first of them is taken. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that nobody has, nor was given before. */
    public static int next() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST, END);
        } while (!isFree(port) || !GIVEN.add(port));
        return port;
    }

    /** Whether nobody has a port, nor had it a moment ago. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // RabbitMQ would not take one that still waits for the rest of a connection
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
