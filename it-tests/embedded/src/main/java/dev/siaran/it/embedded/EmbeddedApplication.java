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
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.util.ServiceLoader;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;

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
        var info = Servlets.deployment()
                .setDeploymentName(contextPath)
                .setContextPath(contextPath)
                .setClassLoader(loader)
                .addServlet(jersey());
        // Embedded Undertow looks for none by itself; the library registers its filter with one
        for (var initializer : ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(
                    initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
        }
        return info;
    }

    private static ServletInfo jersey() {
        var resources = new ResourceConfig().packages("dev.siaran.it");
        var servlet = new org.glassfish.jersey.servlet.ServletContainer(resources);
        return Servlets.servlet("jersey", servlet.getClass(), () -> new ImmediateInstanceHandle<>(servlet))
                .setLoadOnStartup(1)
                .setAsyncSupported(true)
                .addMapping("/*");
    }
}
