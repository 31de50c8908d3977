package dev.siaran.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Hands a header to the resource in a bean of the request. */
@Provider
@ApplicationScoped
public class RequestChannelFilter implements ContainerRequestFilter {

    @Inject
    RequestChannel channel;

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString("X-Channel");
        if (header != null) {
            channel.set(header);
        }
    }
}
