package dev.siaran.rabbitmq;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of the official image. Its port on the host is fixed, so that it is the same after a restart. */
final class RabbitContainer extends RabbitServer {

    private static final int INSIDE = 5672;

    private GenericContainer<?> container;

    RabbitContainer(int port) {
        super(port);
    }

    @Override
    public void restart() throws Exception {
        if (container == null) {
            container = create();
            container.start();
        } else {
            docker().startContainerCmd(container.getContainerId()).exec();
        }
        awaitReady();
    }

    private GenericContainer<?> create() {
        var binding = new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port()), ExposedPort.tcp(INSIDE));
        return new GenericContainer<>(DockerImageName.parse("rabbitmq:4-alpine"))
                .withExposedPorts(INSIDE)
                // To the server in the container, the test comes from elsewhere
                .withEnv("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-rabbit loopback_users []")
                .withCreateContainerCmdModifier(create -> {
                    create.withHostName("rabbitmq"); // the name of its data
                    if (create.getHostConfig() != null) {
                        create.getHostConfig().withPortBindings(binding);
                    }
                });
    }

    @Override
    public String ctl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("rabbitmqctl", "--quiet"));
        command.addAll(List.of(arguments));
        ExecResult result = container.execInContainer(command.toArray(String[]::new));
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + result.getStderr());
        }
        return result.getStdout();
    }

    @Override
    public void kill9() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
