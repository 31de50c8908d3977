package dev.siaran.it.micro;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * One Payara Micro for all deployments. The published adapter starts a process for each of them, knows only the last one, and
 * does not say why one has failed.
 */
public final class MicroContainer implements DeployableContainer<MicroConfiguration> {

    private MicroConfiguration configuration;
    private Path directory;
    private MicroProcess process;

    @Override
    public Class<MicroConfiguration> getConfigurationClass() {
        return MicroConfiguration.class;
    }

    @Override
    public void setup(MicroConfiguration given) {
        configuration = given;
        directory = Path.of(given.getDirectory());
    }

    @Override
    public void start() throws LifecycleException {
        var options = List.of(configuration.getJvmOptions().split("\\s+"));
        var arguments = new ArrayList<>(List.of(configuration.getArguments().split("\\s+")));
        arguments.addAll(List.of("--port", Integer.toString(configuration.getHttpPort())));
        try {
            process = new MicroProcess(directory, "server", options, arguments);
        } catch (IOException e) {
            throw new LifecycleException(e.getMessage(), e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            process.stop();
        } catch (IOException e) {
            throw new LifecycleException(e.getMessage(), e);
        }
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 6.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        File file = directory.resolve(archive.getName()).toFile();
        archive.as(ZipExporter.class).exportTo(file, true);
        try {
            process.deploy(file.toPath());
        } catch (IOException e) {
            throw new DeploymentException(e.getMessage(), e);
        }
        return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", configuration.getHttpPort()));
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        try {
            process.undeploy(archive.getName().replaceFirst("\\.war$", ""));
        } catch (IOException e) {
            throw new DeploymentException(e.getMessage(), e);
        }
    }
}
