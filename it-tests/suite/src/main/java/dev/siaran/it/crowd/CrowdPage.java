package dev.siaran.it.crowd;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;

/** An ordinary answer: the letter of who is logged in, so many times. */
@Path("/crowd/page")
public class CrowdPage {

    /** The page. */
    @GET
    @Produces("text/plain;charset=UTF-8")
    public String page(@Context HttpServletRequest request, @QueryParam("length") int length) {
        return Letters.text(request.getUserPrincipal().getName(), length);
    }
}
