package dev.siaran.it.embedded;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;

/** To deploy is to start a process, to undeploy is to tell it to end. */
public final class EmbeddedContainer implements DeployableContainer<EmbeddedConfiguration> {

    private final Map<String, EmbeddedProcess> processes = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private EmbeddedConfiguration configuration;

    @Override
    public Class<EmbeddedConfiguration> getConfigurationClass() {
        return EmbeddedConfiguration.class;
    }

    @Override
    public void setup(EmbeddedConfiguration given) {
        configuration = given;
    }

    @Override
    public void start() {
        new File(configuration.getDirectory()).mkdirs();
    }

    @Override
    public void stop() {
        processes.values().forEach(EmbeddedProcess::kill);
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 6.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        String name = archive.getName().replaceFirst("\\.war$", "");
        File exploded =
                archive.as(ExplodedExporter.class).exportExploded(new File(configuration.getDirectory()), unique(name));
        try {
            var process = new EmbeddedProcess(name, Path.of(exploded + ".log"), arguments(exploded.toPath()));
            // The same port again after an undeployment, as on a server
            int port = process.start(ports.getOrDefault(name, 0));
            ports.put(name, port);
            processes.put(archive.getName(), process);
            return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", port));
        } catch (IllegalStateException | IOException e) {
            throw new DeploymentException(e.getMessage(), e);
        }
    }

    private List<String> arguments(Path application) throws IOException {
        Path classes = application.resolve("WEB-INF/classes");
        var arguments = new ArrayList<>(List.of(
                "-Xmx256m",
                "-cp",
                configuration.getClassPath() + File.pathSeparator + classes + File.pathSeparator
                        + application.resolve("WEB-INF/lib") + "/*"));
        // Without MicroProfile Config the library reads system properties
        var keys = new Properties();
        Path file = classes.resolve("META-INF/microprofile-config.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                keys.load(reader);
            }
        }
        keys.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return arguments;
    }

    private static String unique(String name) {
        return name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        EmbeddedProcess process = processes.remove(archive.getName());
        if (process != null) {
            try {
                process.stop();
            } catch (IllegalStateException e) {
                throw new DeploymentException(e.getMessage(), e);
            }
        }
    }
}
