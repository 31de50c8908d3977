package dev.siaran.it;

import dev.siaran.it.support.Archives;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;

/** A servlet filter of the application asks for a token. */
@Tag("filter-login")
class SecurityIT extends AbstractSecurity {

    SecurityIT() {
        super("Bearer");
    }

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return secured(Archives.filtered("secured.war", Map.of()), "");
    }
}
