package dev.siaran.internal.cdi;

import dev.siaran.AbstractSsePublishResource;
import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import dev.siaran.ChannelPolicy;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the resources and policies of an application while it is deployed, and logs which of them cannot work. */
@HandlesTypes({
    AbstractSseQueueResource.class,
    AbstractSseResource.class,
    AbstractSsePublishResource.class,
    ChannelPolicy.class
})
public final class ResourceCheck implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(ResourceCheck.class.getName());

    /** For the container. */
    public ResourceCheck() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) {
        if (types == null) {
            return;
        }
        for (Class<?> type : types) {
            try {
                problem(type).ifPresent(problem -> LOG.log(Level.ERROR, problem));
            } catch (LinkageError e) {
                // Some class that it needs is not there; who uses the resource will say so
                LOG.log(Level.DEBUG, type.getName(), e);
            } catch (IllegalStateException e) {
                LOG.log(Level.DEBUG, type.getName() + ": CDI cannot tell yet whether this is a bean", e);
            }
        }
    }

    private static Optional<String> problem(Class<?> type) {
        return ChannelPolicy.class.isAssignableFrom(type)
                ? UnaskedPolicy.problem(type, CDI.current().getBeanManager())
                : OverriddenMethod.problem(type);
    }
}
