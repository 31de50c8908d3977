package dev.siaran.internal.http;

import dev.siaran.internal.hub.Limit;
import dev.siaran.internal.hub.TooManyStreamsException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;

/**
 * What a client gets instead of a stream, or of an event's id. Each has a text: of one without, RESTEasy writes the whole stack into the log as an error, as
 * often as a client asks.
 */
public final class Refusal {

    /** When a publisher may try again whose event the broker has not accepted. */
    private static final Duration PUBLISH_AGAIN = Duration.ofSeconds(5);

    private Refusal() {}

    /** 400, with what is wrong. */
    public static WebApplicationException badRequest(String reason) {
        return new BadRequestException(response(Status.BAD_REQUEST, reason));
    }

    /** 429, or 503 if it is the node that has too many, with the time to come back. */
    static WebApplicationException tooMany(TooManyStreamsException cause, Duration comeBackIn) {
        Status status = cause.limit() == Limit.NODE ? Status.SERVICE_UNAVAILABLE : Status.TOO_MANY_REQUESTS;
        return new Frequent(withTime(status, cause.limit().answer(), comeBackIn));
    }

    private static Response withTime(Status status, String text, Duration comeBackIn) {
        return Response.fromResponse(response(status, text))
                .header(HttpHeaders.RETRY_AFTER, seconds(comeBackIn))
                .build();
    }

    /** Whole seconds, as the header has them, and not too early. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusMillis(999).toSeconds());
    }

    /** One that an attacker can cause as often as a server answers; a stack trace would be most of its cost. */
    private static final class Frequent extends WebApplicationException {

        private static final long serialVersionUID = 1L;

        Frequent(Response response) {
            super(response);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** 401. Which way to log in there is, the application knows. */
    public static WebApplicationException unauthorized() {
        return new NotAuthorizedException(response(Status.UNAUTHORIZED, "Only for those who are logged in"));
    }

    /** 403, or 401 if nobody is logged in. */
    public static WebApplicationException notAllowed(Caller caller) {
        return caller.user() == null
                ? unauthorized()
                : new ForbiddenException(response(Status.FORBIDDEN, "Not for who is logged in"));
    }

    /** 403 for what a page of another site may have sent. */
    static WebApplicationException otherSite() {
        return new ForbiddenException(response(
                Status.FORBIDDEN,
                "Not from a page of another site: by Sec-Fetch-Site, or Origin, which is not that of Host"));
    }

    /** 413. */
    static WebApplicationException tooLarge(String reason) {
        return new ClientErrorException(response(Status.REQUEST_ENTITY_TOO_LARGE, reason));
    }

    /** 415. */
    static WebApplicationException unsupported() {
        return new NotSupportedException(response(
                Status.UNSUPPORTED_MEDIA_TYPE,
                "Content-Type has to be application/json, application/x-www-form-urlencoded or text/plain"));
    }

    /** 503 for an event. */
    static WebApplicationException notPublished(String reason) {
        return new ServiceUnavailableException(withTime(Status.SERVICE_UNAVAILABLE, reason, PUBLISH_AGAIN));
    }

    /** 500, without what went wrong. */
    static WebApplicationException undecided(String what, RuntimeException cause) {
        return new InternalServerErrorException(
                response(Status.INTERNAL_SERVER_ERROR, "Who may " + what + " could not be decided"), cause);
    }

    private static Response response(Status status, String text) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .entity(text)
                .build();
    }
}
