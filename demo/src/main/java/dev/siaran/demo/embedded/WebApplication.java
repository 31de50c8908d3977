package dev.siaran.demo.embedded;

import dev.siaran.demo.DemoApplication;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.DeploymentManager.State;
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
import org.glassfish.jersey.server.ServerProperties;

/** What a server does with the WAR, by hand. */
final class WebApplication implements AutoCloseable {

    private final DeploymentManager deployment =
            ServletContainer.Factory.newInstance().addDeployment(describe());

    HttpHandler start() {
        deployment.deploy();
        try {
            return deployment.start();
        } catch (ServletException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Destroys the filters, which ends every stream. */
    @Override
    public void close() {
        try {
            if (deployment.getState() == State.STARTED) {
                deployment.stop();
            }
            if (deployment.getState() == State.DEPLOYED) {
                deployment.undeploy();
            }
        } catch (ServletException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static DeploymentInfo describe() {
        ClassLoader loader = DemoApplication.class.getClassLoader();
        var info = Servlets.deployment()
                .setDeploymentName("siaran-demo")
                .setContextPath("/")
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
        var resources = new ResourceConfig()
                .packages(DemoApplication.class.getPackageName())
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        var servlet = new org.glassfish.jersey.servlet.ServletContainer(resources);
        return Servlets.servlet("jersey", servlet.getClass(), () -> new ImmediateInstanceHandle<>(servlet))
                .setLoadOnStartup(1)
                .setAsyncSupported(true)
                .addMapping("/*");
    }
}
