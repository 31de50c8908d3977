package dev.siaran.it.embedded;

import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.WebFilter;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** What a server does with a WAR, by hand. */
final class EmbeddedApplication implements AutoCloseable {

    private final DeploymentManager deployment;

    EmbeddedApplication(String contextPath) {
        deployment = ServletContainer.Factory.newInstance().addDeployment(describe(contextPath));
    }

    HttpHandler start() throws ServletException {
        deployment.deploy();
        return deployment.start();
    }

    @Override
    public void close() {
        try {
            deployment.stop();
            deployment.undeploy();
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeploymentInfo describe(String contextPath) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        var resources = new ResourceConfig().packages("dev.siaran.it").register(RolesAllowedDynamicFeature.class);
        var info = Servlets.deployment()
                .setDeploymentName(contextPath)
                .setContextPath(contextPath)
                .setClassLoader(loader)
                .addServlet(jersey(resources));
        // Embedded Undertow looks for none by itself; the library registers its filter with one
        for (var initializer : ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                    initializer.getClass(),
                    new ImmediateInstanceFactory<>(initializer),
                    handled(initializer, resources)));
        }
        // Nor for annotated filters
        for (Filter filter : ServiceLoader.load(Filter.class, loader)) {
            addFilter(info, filter);
        }
        return info;
    }

    /** The classes that an initializer wants to see, as far as resources are concerned. */
    private static Set<Class<?>> handled(ServletContainerInitializer initializer, ResourceConfig resources) {
        HandlesTypes wanted = initializer.getClass().getAnnotation(HandlesTypes.class);
        return wanted == null
                ? Set.of()
                : resources.getClasses().stream()
                        .filter(type -> Arrays.stream(wanted.value()).anyMatch(base -> base.isAssignableFrom(type)))
                        .collect(Collectors.toSet());
    }

    private static void addFilter(DeploymentInfo info, Filter filter) {
        String name = filter.getClass().getSimpleName();
        WebFilter annotation = filter.getClass().getAnnotation(WebFilter.class);
        info.addFilter(Servlets.filter(name, filter.getClass()).setAsyncSupported(annotation.asyncSupported()));
        for (String pattern : annotation.urlPatterns()) {
            info.addFilterUrlMapping(name, pattern, DispatcherType.REQUEST);
        }
    }

    private static ServletInfo jersey(ResourceConfig resources) {
        var servlet = new org.glassfish.jersey.servlet.ServletContainer(resources);
        return Servlets.servlet("jersey", servlet.getClass(), () -> new ImmediateInstanceHandle<>(servlet))
                .setLoadOnStartup(1)
                .setAsyncSupported(true)
                .addMapping("/*");
    }
}
