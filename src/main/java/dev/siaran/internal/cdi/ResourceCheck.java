package dev.siaran.internal.cdi;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the resources of an application while it is deployed, and logs which of them cannot work. */
@HandlesTypes({AbstractSseQueueResource.class, AbstractSseResource.class})
public final class ResourceCheck implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(ResourceCheck.class.getName());

    /** For the container. */
    public ResourceCheck() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> resources, ServletContext context) {
        if (resources == null) {
            return;
        }
        for (Class<?> resource : resources) {
            try {
                OverriddenSubscribe.problem(resource).ifPresent(problem -> LOG.log(Level.ERROR, problem));
            } catch (LinkageError e) {
                // Some class that it needs is not there; who uses the resource will say so
                LOG.log(Level.DEBUG, resource.getName(), e);
            }
        }
    }
}
