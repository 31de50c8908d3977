package dev.siaran.it.support;

import java.lang.annotation.Annotation;
import java.net.URI;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.ApplicationScoped;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;

/** Offers {@code @ArquillianResource Nodes}: unlike a URL, it also knows what a test deploys while it runs. */
public final class NodesExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Recorder.class).service(ResourceProvider.class, Provider.class);
    }

    /** Notes where each deployment answers. */
    public static final class Recorder {

        @Inject
        @ApplicationScoped
        private InstanceProducer<Nodes> nodes;

        @Inject
        private Instance<ProtocolMetaData> metaData;

        /** Called by Arquillian before the first test. */
        public void begin(@Observes BeforeSuite event) {
            nodes.set(new Nodes());
        }

        /** Called by Arquillian after each deployment. The context root is the name of the archive on every server. */
        public void deployed(@Observes AfterDeploy event) {
            HTTPContext http =
                    metaData.get().getContexts(HTTPContext.class).iterator().next();
            String name = event.getDeployment().getName();
            String archive = event.getDeployment().getArchive().getName();
            nodes.get()
                    .deployed(
                            name,
                            URI.create("http://" + http.getHost() + ":" + http.getPort() + "/"
                                    + archive.replaceFirst("\\.war$", "")));
        }
    }

    /** Hands the nodes to tests. */
    public static final class Provider implements ResourceProvider {

        @Inject
        private Instance<Nodes> nodes;

        @Override
        public boolean canProvide(Class<?> type) {
            return type == Nodes.class;
        }

        @Override
        public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
            return nodes.get();
        }
    }
}
