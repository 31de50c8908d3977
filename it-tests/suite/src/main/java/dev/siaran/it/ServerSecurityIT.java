package dev.siaran.it;

import dev.siaran.it.support.Archives;
import dev.siaran.it.users.Users;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;

/** The server itself asks for the login, as a constraint in web.xml says; the users are the application's. */
@Tag("security")
class ServerSecurityIT extends AbstractSecurity {

    private static final String CONSTRAINT = """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>readers</web-resource-name>
                <url-pattern>/readers/*</url-pattern>
              </web-resource-collection>
              <auth-constraint>
                <role-name>**</role-name>
              </auth-constraint>
            </security-constraint>
            """;

    ServerSecurityIT() {
        super("Basic");
    }

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return secured(Archives.app("server-secured.war", Map.of()).addPackage(Users.class.getPackage()), CONSTRAINT);
    }
}
