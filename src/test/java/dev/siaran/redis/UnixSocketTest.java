package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import dev.siaran.spi.Receiver;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Timeouts and ends of a Unix domain socket, and a server that is reached through one. */
class UnixSocketTest extends RedisTest {

    @TempDir
    private Path folder;

    private String path;
    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        path = folder.resolve("listener.sock").toString();
        listener = closing(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        listener.bind(UnixDomainSocketAddress.of(path));
    }

    @Test
    void aReadThatTakesTooLongFailsAndTheNextOneIsAsGoodAsEver() throws Exception {
        // given
        UnixSocket socket = closing(UnixSocket.connect(path));
        SocketChannel peer = closing(listener.accept());
        socket.setSoTimeout(200);

        // when
        long start = System.nanoTime();
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then
        assertTrue(took.toMillis() >= 199 && took.toMillis() < 5_000, took::toString);
        peer.write(ByteBuffer.wrap(new byte[] {(byte) 200}));
        assertEquals(200, socket.getInputStream().read());
        peer.close();
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void closingEndsAReadAndAWriteThatAreUnderWay() throws Exception {
        // given: nobody writes and nobody reads at the other end
        UnixSocket socket = closing(UnixSocket.connect(path));
        closing(listener.accept());
        CompletableFuture<Throwable> reading =
                failureOf(() -> socket.getInputStream().read());
        CompletableFuture<Throwable> writing =
                failureOf(() -> socket.getOutputStream().write(new byte[10_000_000]));

        // when
        socket.close();

        // then
        assertTrue(socket.isClosed());
        assertTrue(Await.value(reading) instanceof IOException);
        assertTrue(Await.value(writing) instanceof IOException);
        assertThrows(IOException.class, () -> socket.getInputStream().read());
    }

    private interface Step {
        void run() throws Exception;
    }

    private static CompletableFuture<Throwable> failureOf(Step step) {
        var result = new CompletableFuture<Throwable>();
        new Thread(() -> {
                    try {
                        step.run();
                        result.complete(new AssertionError("it did not fail"));
                    } catch (Exception e) {
                        result.complete(e);
                    }
                })
                .start();
        return result;
    }

    @Test
    void aListenerThatIsGoneIsAnOrdinaryFailure() throws Exception {
        listener.close();
        assertThrows(SocketException.class, () -> UnixSocket.connect(path));
    }

    @Test
    void userPasswordAndDatabaseAreUsed() throws Exception {
        // given
        String socket = folder.resolve("redis.sock").toString();
        RedisServer server = closing(RedisServer.start(RedisServer.Kind.EMBEDDED, "--unixsocket", socket));
        command(server, Command.ACL, "SETUSER", "app", "on", ">p@ss", "~*", "&*", "+@all");
        Broker broker = node("unix://app:p%40ss@" + socket + "?db=5");

        // when
        Receiver receiver = receive(broker);
        publish(broker, "x");

        // then
        assertEquals(List.of("x"), receiver.data(1));
        try (Connection connection = server.connect()) {
            connection.select(5);
            connection.sendCommand(Command.DBSIZE);
            assertEquals(3L, connection.getOne());
        }
    }

    @Test
    void aServerThatStandsStillOrGoesIsNoticedAndNothingIsLost() throws Exception {
        // given
        String socket = folder.resolve("redis.sock").toString();
        RedisServer server = closing(
                RedisServer.start(RedisServer.Kind.EMBEDDED, "--unixsocket", socket, "--appendfsync", "always"));
        Broker broker = quickNode("unix://" + socket);
        Receiver receiver = receive(broker);
        LogLines log = closing(new LogLines());

        // when
        server.pause();
        send(broker, 0);
        Await.until("it is noticed", () -> !log.of(Level.WARNING).isEmpty());
        server.resume();
        publish(broker, 1);
        Await.until("the end is told", () -> log.of(Level.INFO).size() == 1);
        server.kill9();
        send(broker, 2);
        Await.until("it is noticed again", () -> log.of(Level.WARNING).size() == 2);
        server.restart();
        publish(broker, 3);

        // then
        assertEquals(numbers(4), receiver.data(4));
        assertTrue(log.of(Level.WARNING).get(1).contains("Redis at " + socket), log.all()::toString);
    }

    @Test
    void closingIsSoonOverThoughTheServerStandsStill() throws Exception {
        // given
        String socket = folder.resolve("redis.sock").toString();
        RedisServer server = closing(RedisServer.start(RedisServer.Kind.EMBEDDED, "--unixsocket", socket));
        Broker broker = node("unix://" + socket, "siaran.redis.timeout", "1m");
        receive(broker);
        publish(broker, "x");
        server.pause();
        send(broker, "y");

        // when
        long start = System.nanoTime();
        broker.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // then
        assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took::toString);
    }
}
