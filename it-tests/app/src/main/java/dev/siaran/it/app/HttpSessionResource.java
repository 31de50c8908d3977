package dev.siaran.it.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** The session of the container, from its beginning to its end. */
@Path("/http-session")
public class HttpSessionResource {

    private static final String KEY = "dev.siaran.session";

    /** Whether the request has a session. */
    @GET
    public boolean exists(@Context HttpServletRequest request) {
        return request.getSession(false) != null;
    }

    /** Begins one, which times out after the seconds of the body. */
    @POST
    public void begin(@Context HttpServletRequest request, String seconds) {
        request.getSession().setMaxInactiveInterval(Integer.parseInt(seconds));
    }

    /** Changes its id, as a login does. */
    @POST
    @Path("/id")
    public void change(@Context HttpServletRequest request) {
        request.changeSessionId();
    }

    /** What stands for it among the streams of all nodes; no content before its first stream. */
    @GET
    @Path("/key")
    public String key(@Context HttpServletRequest request) {
        return (String) request.getSession().getAttribute(KEY);
    }

    /** Gives it what another session has, as it is where several nodes share one session. */
    @POST
    @Path("/key")
    public void share(@Context HttpServletRequest request, String key) {
        request.getSession().setAttribute(KEY, key);
    }

    /** Ends it, as a logout does. */
    @POST
    @Path("/end")
    public void end(@Context HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        session.invalidate();
    }
}
