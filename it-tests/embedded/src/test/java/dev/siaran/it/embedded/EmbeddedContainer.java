package dev.siaran.it.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
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
        var process = new EmbeddedProcess(name, exploded.toPath(), Path.of(exploded + ".log"));
        // The same port again after an undeployment, as on a server
        int port = process.start(configuration.getClassPath(), ports.getOrDefault(name, 0));
        ports.put(name, port);
        processes.put(archive.getName(), process);
        return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", port));
    }

    private static String unique(String name) {
        return name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        EmbeddedProcess process = processes.remove(archive.getName());
        if (process != null) {
            process.stop();
        }
    }
}
