package dev.siaran.it;

import dev.siaran.it.support.Archives;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In an application without a beans.xml. */
class ResourcesIT extends AbstractResources {

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.app("resources.war", Map.of());
    }
}
