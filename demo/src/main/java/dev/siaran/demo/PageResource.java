package dev.siaran.demo;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The page and its parts, from the class path.
 *
 * <p>Not left to the servlet container: with Jakarta REST at the root every server has its own idea of who serves a static
 * file, and this is the arrangement that is alike on all of them.
 */
@Path("/")
public class PageResource {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=UTF-8",
            "css", "text/css; charset=UTF-8",
            "js", "text/javascript; charset=UTF-8",
            "svg", "image/svg+xml");

    @GET
    public Response page() {
        return file("index.html");
    }

    /** A file by its name; the pattern has no slash and one dot, so that nothing outside of the folder can be named. */
    @GET
    @Path("{file: [a-z-]+\\.(css|html|js|svg)}")
    public Response file(@PathParam("file") String file) {
        return Response.ok(read(file))
                .header(HttpHeaders.CONTENT_TYPE, TYPES.get(file.substring(file.indexOf('.') + 1)))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", "default-src 'self'")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static byte[] read(String file) {
        try (InputStream in = PageResource.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new NotFoundException();
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new NotFoundException(e);
        }
    }
}
