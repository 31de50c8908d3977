package dev.siaran.rabbitmq;

import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code rabbitmq-server} process with a folder of its own. Debian's own start script is not used: it changes the user.
 */
final class RabbitProcess extends RabbitServer {

    private static final List<Path> FOLDERS = Stream.concat(
                    Stream.of("/usr/lib/rabbitmq/bin"),
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
            .map(Path::of)
            .toList();

    private final Epmd epmd;
    private final Path folder;
    private final int distributionPort = FreePorts.next();
    private final String name = name(port());
    private final Map<String, String> further = new HashMap<>();
    private Process process;

    /**
     * @param epmd ends with the server
     * @param configuration further lines of {@code rabbitmq.conf}
     */
    RabbitProcess(int port, Epmd epmd, List<String> configuration) throws IOException {
        super(port);
        this.epmd = epmd;
        this.folder = Files.createDirectory(epmd.folder().resolve(String.valueOf(port)));
        Files.writeString(folder.resolve("plugins"), "[].\n");
        // In a container or a small machine the disk may be nearly full, and that would stop all publishing
        List<String> lines = new ArrayList<>(List.of("disk_free_limit.absolute = 10MB", "max_message_size = 2000000"));
        lines.addAll(configuration);
        Files.write(folder.resolve("rabbitmq.conf"), lines);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A running server with further lines of {@code rabbitmq.conf}. */
    static RabbitProcess startWith(String... configuration) throws Exception {
        var started = new RabbitProcess(FreePorts.next(), new Epmd(), List.of(configuration));
        started.restart();
        return started;
    }

    /** A running server that has these features only of those that may be off. */
    static RabbitProcess startWithFeatures(String features) throws Exception {
        var started = new RabbitProcess(FreePorts.next(), new Epmd(), List.of());
        started.further.put("RABBITMQ_FEATURE_FLAGS", features);
        started.restart();
        return started;
    }

    static boolean isInstalled() {
        return program("rabbitmq-server") != null && program("epmd") != null;
    }

    private static Path program(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Path require(String name) {
        Path program = program(name);
        if (program == null) {
            throw new IllegalStateException(
                    "there is no " + name + " in /usr/lib/rabbitmq/bin or on the PATH, and no Docker"
                            + " daemon answers: apt-get install rabbitmq-server");
        }
        return program;
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(epmd.environment());
        builder.environment().putAll(further);
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("RABBITMQ_NODENAME", name),
                        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("logs").toString()),
                        Map.entry("RABBITMQ_LOGS", "-"),
                        Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString()),
                        Map.entry(
                                "RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()),
                        Map.entry(
                                "RABBITMQ_CONFIG_FILE",
                                folder.resolve("rabbitmq.conf").toString()),
                        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port())),
                        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort))));
        return builder;
    }

    @Override
    public String ctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(require("rabbitmqctl").toString(), "--quiet"));
        command.addAll(List.of(arguments));
        Process tool = builder(command).start();
        String output = new String(tool.getInputStream().readAllBytes());
        if (tool.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void restart() throws Exception {
        launch();
        awaitStarted();
    }

    /** Starts the process, on the data that it had. */
    void launch() throws IOException {
        epmd.start(require("epmd"));
        process = builder(List.of(require("rabbitmq-server").toString()))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /** Waits until a process that was started answers. */
    void awaitStarted() throws Exception {
        try {
            awaitReady();
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(folder.resolve("log")), e);
        }
    }

    /** As the others of a cluster know the server that listens on a port. */
    static String name(int port) {
        return "siaran-" + port + "@localhost";
    }

    /** The start script stays the parent of the server, and of its helpers. */
    private Stream<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    @Override
    public void kill9() throws Exception {
        if (process == null) {
            return;
        }
        List<ProcessHandle> processes = all().toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : processes) {
            each.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Override
    public void pause() throws Exception {
        signal("-STOP");
    }

    @Override
    public void resume() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        all().forEach(each -> command.add(String.valueOf(each.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Override
    public void close() {
        try {
            kill9();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        epmd.close();
    }
}
