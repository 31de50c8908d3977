package dev.siaran.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.siaran.spi.Await;
import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;

/**
 * A real RabbitMQ on 127.0.0.1 and free ports: from a container if a Docker daemon answers, else {@code rabbitmq-server} of
 * this machine. {@code -Dsiaran.test.rabbitmq=docker} or {@code path} chooses. Public for the tests of other modules.
 */
public abstract class RabbitServer implements AutoCloseable {

    /** Where the server comes from. */
    public enum Kind {
        DOCKER,
        PATH
    }

    /** It compiles much when it starts, which takes a busy machine long. */
    private static final Duration START = Duration.ofSeconds(90);

    private final int port;

    RabbitServer(int port) {
        this.port = port;
    }

    /** A running server of the kind that is asked for or available. */
    public static RabbitServer start() throws Exception {
        if (kind() == Kind.PATH) {
            return RabbitProcess.startWith();
        }
        var container = new RabbitContainer(FreePorts.next());
        container.restart();
        return container;
    }

    /** Why a test is skipped. RabbitMQ is in no jar. */
    public static final String MISSING = "No rabbitmq-server is installed, and no Docker daemon answers";

    /** A laptop need not have any; CI must. */
    public static boolean isExpected() {
        return "true".equals(System.getenv("CI"))
                || !System.getProperty("siaran.test.rabbitmq", "").isBlank()
                || RabbitProcess.isInstalled()
                || kind() == Kind.DOCKER;
    }

    /** A laptop need not have what a test sets up in a way of its own; CI must. */
    static boolean isProcessExpected() {
        return "true".equals(System.getenv("CI")) || RabbitProcess.isInstalled();
    }

    private static Kind kind() {
        String chosen = System.getProperty("siaran.test.rabbitmq", "");
        if (!chosen.isBlank()) {
            return Kind.valueOf(chosen.trim().toUpperCase(Locale.ROOT));
        }
        boolean mayHaveDocker = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return mayHaveDocker && DockerClientFactory.instance().isDockerAvailable() ? Kind.DOCKER : Kind.PATH;
    }

    /** The same after every restart. */
    public final int port() {
        return port;
    }

    /** The value for {@code siaran.rabbitmq.uri}. */
    public final String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /** A connection for the test's own commands. */
    public final Connection connect() throws IOException, TimeoutException {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("test");
    }

    /** What is done on a channel of its own. */
    @FunctionalInterface
    public interface Work {
        void on(Channel channel) throws Exception;
    }

    /** Does something on a channel of its own. */
    public final void command(Work work) throws Exception {
        try (Connection connection = connect();
                Channel channel = connection.createChannel()) {
            work.on(channel);
        }
    }

    /** Runs {@code rabbitmqctl} and returns what it prints. */
    public abstract String ctl(String... arguments) throws Exception;

    /** Kills the process, without a chance to write anything. */
    public abstract void kill9() throws Exception;

    /** Starts the process, on the data that it had, and waits until it answers. */
    public abstract void restart() throws Exception;

    /** Stops the process in its tracks; its connections stay open. */
    public abstract void pause() throws Exception;

    /** Lets a paused process go on. */
    public abstract void resume() throws Exception;

    /** Ends the server and deletes its data. */
    @Override
    public abstract void close() throws Exception;

    final void awaitReady() throws Exception {
        Await.until("RabbitMQ answers", START, () -> {
            try (Connection connection = connect()) {
                return connection.isOpen();
            } catch (IOException | TimeoutException e) {
                return false;
            }
        });
    }
}
