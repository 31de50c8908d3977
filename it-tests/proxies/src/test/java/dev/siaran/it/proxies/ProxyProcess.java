package dev.siaran.it.proxies;

import dev.siaran.it.support.Await;
import dev.siaran.it.support.Certificate;
import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A running proxy. Its configuration is a template of this module: {@code @port.NAME@} is a free port, the same after a restart, and
 * other names in such signs are the caller's.
 *
 * <p>Not safe for use by several threads.
 */
final class ProxyProcess implements AutoCloseable {

    /** What users copy. */
    static final Path CONFIGS = Path.of(System.getProperty("siaran.it.configs"));

    private static final Pattern PLACE = Pattern.compile("@([a-z.]+)@");

    private final Map<String, Integer> ports = new TreeMap<>();
    private final ProcessBuilder builder;
    private final Path log;
    private Process process;

    /**
     * Starts a proxy.
     *
     * @param values for the template, by their names
     * @param environment more variables for the process
     */
    ProxyProcess(Program program, String template, Map<String, String> values, Map<String, String> environment) {
        Path directory = Path.of("target", "proxies", template).toAbsolutePath();
        log = directory.resolve("output.log");
        var all = new HashMap<>(values);
        all.put("directory", directory.toString());
        all.put("configs", CONFIGS.toString());
        all.put("certificate", directory.resolve("certificate.pem").toString());
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("certificate.pem"), Certificate.load().pem());
            Path configuration = directory.resolve("configuration");
            Files.writeString(configuration, filled(template, all));
            builder = new ProcessBuilder(program.command(directory, configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        start();
    }

    private String filled(String template, Map<String, String> values) throws IOException {
        try (var in = Objects.requireNonNull(ProxyProcess.class.getResourceAsStream("/" + template), template)) {
            return PLACE.matcher(new String(in.readAllBytes())).replaceAll(place -> value(place, values));
        }
    }

    private String value(MatchResult place, Map<String, String> values) {
        String name = place.group(1);
        return name.startsWith("port.")
                ? Integer.toString(ports.computeIfAbsent(name.substring(5), any -> FreePorts.next()))
                : Objects.requireNonNull(values.get(name), name);
    }

    /** Starts it, on the ports that it had. */
    void start() {
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ports.forEach((name, port) -> Await.until(
                name + " is served, see " + log, Duration.ofSeconds(10), () -> isServed(port), served -> served));
    }

    private boolean isServed(int port) {
        if (!process.isAlive()) {
            throw new AssertionError("the proxy has ended, see " + log);
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the proxy listens under a name of its template. */
    int port(String name) {
        return Objects.requireNonNull(ports.get(name), name);
    }

    /** An address behind the proxy. */
    URI uri(String port, String path) {
        return URI.create("http://127.0.0.1:" + port(port) + path);
    }

    /** Ends it at once, as a crash or a reload whose patience is over. */
    @Override
    public void close() {
        var workers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
