package dev.siaran.it;

import dev.siaran.it.support.Archives;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In an application whose beans.xml makes every class a bean. */
class ResourcesWithBeansXmlIT extends AbstractResources {

    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="all"/>
            """;

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("resources-beans.war", Map.of())
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml")
                .addAsResource(new StringAsset(BEANS_XML), "META-INF/beans.xml");
    }
}
