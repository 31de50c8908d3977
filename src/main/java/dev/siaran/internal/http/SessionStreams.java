package dev.siaran.internal.http;

import dev.siaran.internal.config.Digests;
import dev.siaran.internal.hub.Leases;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the streams of an HTTP session with it. A session that opens a stream gets an attribute whose value stands for it: the
 * SHA-256 of its id at that time. So the id itself is nowhere but with the container, a change of the id does no harm, and a
 * session that several nodes share has the same value on all of them.
 */
public final class SessionStreams implements HttpSessionListener {

    /** Of a session: what stands for it. Of the application: where its streams end. */
    static final String ATTRIBUTE = "dev.siaran.session";

    private static final Logger LOG = System.getLogger(SessionStreams.class.getName());

    /** For the container. */
    public SessionStreams() {}

    /**
     * What stands for the session of a request that opens a stream; null if it has none. Makes no session.
     *
     * @throws jakarta.ws.rs.NotAuthorizedException if the session ends just now
     */
    static @Nullable String keyOf(HttpServletRequest request, Leases leases) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        try {
            // The thread that ends sessions may be one where CDI does not know the application
            session.getServletContext().setAttribute(ATTRIBUTE, leases);
            Optional<String> known = known(session);
            if (known.isPresent()) {
                return known.get();
            }
            String key = Digests.sha256(session.getId());
            session.setAttribute(ATTRIBUTE, key);
            return key;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session has ended before its stream began", e);
            throw Refusal.unauthorized();
        }
    }

    private static Optional<String> known(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof String key ? Optional.of(key) : Optional.empty();
    }

    /** A session is invalidated, or has timed out. One that never had a stream on any node is nobody's business. */
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        try {
            known(session)
                    .ifPresent(key -> leases(session).revokeSession(key).whenComplete((id, failure) -> {
                        if (failure != null) {
                            LOG.log(Level.DEBUG, "other nodes are not told that a session has ended", failure);
                        }
                    }));
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "a session ends with its application", e);
        }
    }

    private static Leases leases(HttpSession session) {
        return session.getServletContext().getAttribute(ATTRIBUTE) instanceof Leases leases
                ? leases
                : SseServer.current().leases();
    }
}
