package dev.siaran.internal.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/**
 * What a client gets instead of a stream. Each has a text: of one without, RESTEasy writes the whole stack into the log as an error, as
 * often as a client asks.
 */
public final class Refusal {

    private Refusal() {}

    /** 400, with what is wrong. */
    static WebApplicationException badRequest(IllegalArgumentException cause) {
        return new BadRequestException(response(Status.BAD_REQUEST, String.valueOf(cause.getMessage())), cause);
    }

    /** 401. Which way to log in there is, the application knows. */
    public static WebApplicationException unauthorized() {
        return new NotAuthorizedException(response(Status.UNAUTHORIZED, "Only for those who are logged in"));
    }

    /** 403. */
    static WebApplicationException forbidden() {
        return new ForbiddenException(response(Status.FORBIDDEN, "Not for who is logged in"));
    }

    /** 500, without what went wrong. */
    static WebApplicationException undecided(RuntimeException cause) {
        return new InternalServerErrorException(
                response(Status.INTERNAL_SERVER_ERROR, "Who may listen could not be decided"), cause);
    }

    private static Response response(Status status, String text) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .entity(text)
                .build();
    }
}
