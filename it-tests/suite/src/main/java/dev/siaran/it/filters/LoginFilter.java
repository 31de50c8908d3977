package dev.siaran.it.filters;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;

/**
 * A token that the container knows nothing of, as security libraries check it: the request behind it knows its user and
 * roles. Whoever knows the password of the crowd is one of it, by any name.
 */
@WebFilter(
        urlPatterns = {"/sse/login", "/recorded/login", "/readers/*", "/guarded/*", "/own", "/door/*", "/crowd/*"},
        asyncSupported = true)
public class LoginFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String CROWD = ":crowd";
    private static final Map<String, String> ROLES = Map.of(
            token("alice:wonderland"), "reader",
            token("bob:builder"), "guest",
            token("carol:press"), "sse-publisher");

    /** For the container. */
    public LoginFilter() {}

    private static String token(String login) {
        return "Bearer " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String authorization = request.getHeader("Authorization");
        Known known = authorization == null ? null : known(request, authorization);
        if (known == null) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"siaran\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(known, response);
    }

    private static Known known(HttpServletRequest request, String authorization) {
        String login = new String(Base64.getDecoder().decode(authorization.substring(7)), StandardCharsets.UTF_8);
        String role = login.endsWith(CROWD) ? "guest" : ROLES.get(authorization);
        return role == null ? null : new Known(request, login.split(":")[0], role);
    }

    private static final class Known extends HttpServletRequestWrapper {

        private final String user;
        private final String role;

        Known(HttpServletRequest request, String user, String role) {
            super(request);
            this.user = user;
            this.role = role;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }

        @Override
        public String getRemoteUser() {
            return user;
        }

        @Override
        public boolean isUserInRole(String asked) {
            return role.equals(asked);
        }
    }
}
