package dev.siaran.internal.http;

import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Set;

/**
 * Sets the headers of streams where there is no servlet response to set them on. Found by the Jakarta REST runtime as a
 * service (since Jakarta REST 3.1).
 */
public final class StreamHeadersFeature implements DynamicFeature {

    private static final Set<String> RESOURCES =
            Set.of("dev.siaran.AbstractSseResource", "dev.siaran.AbstractSseQueueResource");

    /** For the Jakarta REST runtime. */
    public StreamHeadersFeature() {}

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (resource.getResourceMethod().getName().equals("subscribe") && isStream(resource.getResourceClass())) {
            context.register((ContainerResponseFilter) (request, response) -> {
                if (ServletExchange.current() == null) {
                    StreamHeaders.set(response.getHeaders()::putSingle);
                }
            });
        }
    }

    private static boolean isStream(Class<?> type) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            if (RESOURCES.contains(next.getName())) {
                return true;
            }
        }
        return false;
    }
}
