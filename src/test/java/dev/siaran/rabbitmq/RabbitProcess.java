package dev.siaran.rabbitmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code rabbitmq-server} process with a folder of its own, and an {@code epmd} (by which its tools find it) that ends with
 * it. Debian's own start script is not used: it changes the user.
 */
final class RabbitProcess extends RabbitServer {

    private static final List<Path> FOLDERS = Stream.concat(
                    Stream.of("/usr/lib/rabbitmq/bin"),
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
            .map(Path::of)
            .toList();

    private final Path folder = Files.createTempDirectory("siaran-rabbitmq");
    private final int distributionPort;
    private final int epmdPort = freePort();
    private final String name = "siaran-" + port() + "@localhost";
    private Process process;
    private Process epmd;

    RabbitProcess(int port, int distributionPort) throws IOException {
        super(port);
        this.distributionPort = distributionPort;
        Files.writeString(folder.resolve("plugins"), "[].\n");
        // In a container or a small machine the disk may be nearly full, and that would stop all publishing
        Files.writeString(
                folder.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 10MB\nmax_message_size = 2000000\n");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
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

    private static String require(String name) {
        Path program = program(name);
        if (program == null) {
            throw new IllegalStateException(
                    "there is no " + name + " in /usr/lib/rabbitmq/bin or on the PATH, and no Docker"
                            + " daemon answers: apt-get install rabbitmq-server");
        }
        return program.toString();
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("HOME", folder.toString()),
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
                        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort)),
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry("ERL_EPMD_PORT", String.valueOf(epmdPort)),
                        Map.entry(
                                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}")));
        return builder;
    }

    @Override
    public String ctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(require("rabbitmqctl"), "--quiet"));
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
        if (epmd == null) {
            epmd = builder(List.of(require("epmd"), "-address", "127.0.0.1", "-port", String.valueOf(epmdPort)))
                    .redirectOutput(folder.resolve("epmd.log").toFile())
                    .start();
        }
        process = builder(List.of(require("rabbitmq-server")))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        try {
            awaitReady();
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(folder.resolve("log")), e);
        }
    }

    /** The start script stays the parent of the server, and of its helpers. */
    private Stream<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    @Override
    public void kill9() throws Exception {
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
            if (process != null) {
                kill9();
            }
            if (epmd != null) {
                epmd.destroyForcibly().waitFor();
            }
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
