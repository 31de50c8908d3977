package dev.siaran.it.micro;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** One {@link MicroServer} in a process of its own. Not safe for use by several threads. */
public final class MicroProcess {

    private static final long STOP_SECONDS = 20;

    private final List<String> command;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;

    /**
     * Starts a process and waits until it can be told something.
     *
     * @param directory the build directory: Payara Micro and {@link MicroServer} are in it, and what the process writes
     * @param name of the log
     * @param options for the JVM
     * @param arguments those of {@code java -jar payara-micro.jar}
     */
    public MicroProcess(Path directory, String name, List<String> options, List<String> arguments) throws IOException {
        Path jar = directory.resolve("server/payara-micro.jar");
        log = directory.resolve(name + ".log");
        command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(opened(jar));
        command.addAll(options);
        // Where it unpacks itself
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")));
        command.addAll(
                List.of("-cp", jar + File.pathSeparator + directory.resolve("classes"), MicroServer.class.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        awaitDone(0);
        requireBootCommands();
    }

    /** A command of a boot file that fails is a line in the log, otherwise. */
    private void requireBootCommands() throws IOException {
        try (var lines = Files.lines(log)) {
            List<String> failed = lines.filter(line -> line.contains("Boot Command "))
                    .filter(line -> !line.contains("returned with result SUCCESS"))
                    .toList();
            if (!failed.isEmpty()) {
                process.destroyForcibly();
                throw new IOException(String.join("\n", failed));
            }
        }
    }

    /** What the jar's manifest opens to it if it is started with -jar. */
    private static List<String> opened(Path jar) throws IOException {
        var options = new ArrayList<String>();
        try (var file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            for (String name : List.of("Add-Exports", "Add-Opens")) {
                for (String module : attributes.getValue(name).split(" ")) {
                    options.addAll(List.of("--" + name.toLowerCase(Locale.ROOT), module + "=ALL-UNNAMED"));
                }
            }
        }
        return options;
    }

    /** Deploys a file; its name without the suffix is the context root. */
    public void deploy(Path file) throws IOException {
        tell("deploy " + file);
    }

    /** Undeploys what was deployed from a file of this name, without the suffix. */
    public void undeploy(String name) throws IOException {
        tell("undeploy " + name);
    }

    private void tell(String line) throws IOException {
        long logged = Files.size(log);
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
        awaitDone(logged);
    }

    private void awaitDone(long logged) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(MicroServer.ANSWER + MicroServer.DONE)) {
                return;
            }
            if (line.equals(MicroServer.ANSWER + MicroServer.FAILED)) {
                throw new IOException("Payara Micro has failed:\n" + loggedSince(logged));
            }
        }
        throw new IOException("Payara Micro has ended: " + command + "\n" + loggedSince(logged));
    }

    private String loggedSince(long position) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int begin = (int) position;
        return new String(bytes, begin, bytes.length - begin, StandardCharsets.UTF_8);
    }

    /** Ends the process, which has to do so by itself. */
    public void stop() throws IOException {
        process.outputWriter().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("Payara Micro did not end by itself, see " + log);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
    }
}
