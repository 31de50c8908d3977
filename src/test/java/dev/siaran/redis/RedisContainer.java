package dev.siaran.redis;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A container of the official image. Its port on the host is fixed, so that it is the same after a restart. */
final class RedisContainer extends RedisServer {

    private static final int INSIDE = 6379;

    private final List<String> options;
    private GenericContainer<?> container;

    RedisContainer(int port, List<String> options) {
        super(port);
        this.options = options;
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
        List<String> command =
                new ArrayList<>(List.of("redis-server", "--protected-mode", "no", "--save", "", "--appendonly", "yes"));
        command.addAll(options);
        var binding = new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port()), ExposedPort.tcp(INSIDE));
        return new GenericContainer<>(DockerImageName.parse("redis:7-alpine"))
                .withExposedPorts(INSIDE)
                .withCommand(command.toArray(new String[0]))
                .withCreateContainerCmdModifier(create -> {
                    if (create.getHostConfig() != null) {
                        create.getHostConfig().withPortBindings(binding);
                    }
                });
    }

    @Override
    public void restartEmpty() throws Exception {
        container.stop();
        container = null;
        restart();
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
