package dev.siaran.it.embedded;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;

/** One {@link EmbeddedServer} in a process of its own. */
final class EmbeddedProcess {

    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 10;

    private final String name;
    private final Path application;
    private final Path log;
    private Process process;

    EmbeddedProcess(String name, Path application, Path log) {
        this.name = name;
        this.application = application;
        this.log = log;
    }

    /** Starts on a port, 0 for any, and returns the port once requests are answered. */
    int start(String classPath, int port) throws DeploymentException {
        try {
            process = new ProcessBuilder(command(classPath, port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (lines(EmbeddedServer.LISTENING).isEmpty()) {
                boolean ended = process.waitFor(25, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() - deadline > 0) {
                    kill();
                    throw new DeploymentException(name + " did not start:\n" + Files.readString(log));
                }
            }
            return Integer.parseInt(lines(EmbeddedServer.LISTENING).get(0));
        } catch (IOException | InterruptedException e) {
            throw new DeploymentException(name, e);
        }
    }

    private List<String> command(String classPath, int port) throws IOException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-cp",
                classPath + File.pathSeparator + application.resolve("WEB-INF/classes") + File.pathSeparator
                        + application.resolve("WEB-INF/lib") + "/*"));
        // Without MicroProfile Config the library reads system properties
        var keys = new Properties();
        Path file = application.resolve("WEB-INF/classes/META-INF/microprofile-config.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                keys.load(reader);
            }
        }
        keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(EmbeddedServer.class.getName(), "/" + name, Integer.toString(port)));
        return command;
    }

    /** Tells the process to end, as Ctrl-C does; it has to do so by itself and leave no thread of the library. */
    void stop() throws DeploymentException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new DeploymentException(name + " did not end by itself, see " + log);
            }
            List<String> left = lines(EmbeddedServer.LEFT);
            if (!left.isEmpty()) {
                throw new DeploymentException(name + " leaves threads behind: " + left);
            }
        } catch (IOException | InterruptedException e) {
            throw new DeploymentException(name, e);
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    private List<String> lines(String prefix) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }
    }
}
