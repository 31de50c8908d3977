package dev.siaran.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A {@code redis-server} process with a folder of its own. */
final class RedisProcess extends RedisServer {

    private final List<String> program;
    private final List<String> options = new ArrayList<>();
    private final Path folder;
    private Process process;

    RedisProcess(String binary, int port, List<String> options) throws IOException {
        this(port, List.of(binary), Files.createTempDirectory("siaran-redis"));
        this.options.addAll(List.of("--save", "", "--appendonly", "yes"));
        this.options.addAll(options);
    }

    /** A sentinel, which writes to its configuration file. */
    RedisProcess(String binary, int port, Path folder, Path configuration) {
        this(port, List.of(binary, configuration.toString(), "--sentinel"), folder);
    }

    private RedisProcess(int port, List<String> program, Path folder) {
        super(port);
        this.program = program;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    @Override
    public void restart() throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--port", String.valueOf(port()), "--bind", "127.0.0.1", "--dir", folder.toString()));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitReady();
    }

    @Override
    public void restartEmpty() throws Exception {
        deleteData();
        restart();
    }

    @Override
    public void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                kill9();
            }
            deleteData();
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteData() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }
}
