package dev.siaran.internal.cdi;

import dev.siaran.internal.config.Settings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import org.jspecify.annotations.Nullable;

/** Reads the configuration while the application is deployed: what is wrong with it fails the deployment, in one message. */
public class SiaranExtension implements Extension {

    private @Nullable NodeConfig config;

    /** For the container. */
    public SiaranExtension() {}

    void validate(@Observes AfterDeploymentValidation event) {
        try {
            config = NodeConfig.read(Settings.ofServer());
        } catch (IllegalArgumentException | IllegalStateException e) {
            event.addDeploymentProblem(e);
        }
    }

    NodeConfig config() {
        NodeConfig read = config;
        if (read == null) {
            throw new IllegalStateException("the application is not deployed");
        }
        return read;
    }
}
