package dev.siaran.it.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One {@link EmbeddedServer} in a process of its own. Not safe for use by several threads. */
public final class EmbeddedProcess {

    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final Path log;
    private final List<String> arguments;
    private Process process;

    /**
     * A process that is not started.
     *
     * @param name its context path, without the slash
     * @param log where its output goes
     * @param arguments what java is started with: the class path, the heap, system properties
     */
    public EmbeddedProcess(String name, Path log, List<String> arguments) {
        this.name = name;
        this.log = log;
        this.arguments = List.copyOf(arguments);
    }

    /** Starts on a port, 0 for any, and returns the port once requests are answered. */
    public int start(int port) {
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(arguments);
        command.addAll(List.of(EmbeddedServer.class.getName(), "/" + name, Integer.toString(port)));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (lines(EmbeddedServer.LISTENING).isEmpty()) {
                boolean ended = process.waitFor(25, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() - deadline > 0) {
                    kill();
                    throw new IllegalStateException(name + " did not start:\n" + Files.readString(log));
                }
            }
            return Integer.parseInt(lines(EmbeddedServer.LISTENING).get(0));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Tells the process to end, as Ctrl-C does; it has to do so by itself and leave no thread of the library. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new IllegalStateException(name + " did not end by itself, see " + log);
            }
            List<String> left = lines(EmbeddedServer.LEFT);
            if (!left.isEmpty()) {
                throw new IllegalStateException(name + " leaves threads behind: " + left);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Ends the process without a chance to do anything, and waits until it has gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the process in its tracks; its connections stay open. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets the process go on after {@link #pause}. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private List<String> lines(String prefix) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }
    }
}
