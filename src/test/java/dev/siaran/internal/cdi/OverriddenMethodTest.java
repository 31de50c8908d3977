package dev.siaran.internal.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.AbstractSsePublishResource;
import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverriddenMethodTest {

    @Retention(RetentionPolicy.RUNTIME)
    private @interface OfAnotherKind {}

    private static class Plain extends AbstractSseQueueResource {}

    private static class Allowed extends AbstractSseQueueResource {
        @Override
        @OfAnotherKind
        public void subscribe(
                SseEventSink sink,
                Sse sse,
                Request method,
                UriInfo uri,
                HttpHeaders headers,
                SecurityContext security) {
            super.subscribe(sink, sse, method, uri, headers, security);
        }
    }

    private static class WithPath extends AbstractSseQueueResource {
        @Override
        @GET
        @Path("/below")
        public void subscribe(
                SseEventSink sink,
                Sse sse,
                Request method,
                UriInfo uri,
                HttpHeaders headers,
                SecurityContext security) {
            super.subscribe(sink, sse, method, uri, headers, security);
        }
    }

    private static class BelowWithPath extends WithPath {}

    private static class WithContextOnly extends AbstractSseResource {
        @Override
        public void subscribe(
                @Context SseEventSink sink,
                @Context Sse sse,
                @Context Request method,
                @Context UriInfo uri,
                @Context HttpHeaders headers,
                @Context SecurityContext security) {
            super.subscribe(sink, sse, method, uri, headers, security);
        }

        @Override
        protected void stream(SseStream out) {}
    }

    private static class Complete extends AbstractSseQueueResource {
        @Override
        @GET
        @Produces(MediaType.SERVER_SENT_EVENTS)
        @Path("/below")
        public void subscribe(
                @Context SseEventSink sink,
                @Context Sse sse,
                @Context Request method,
                @Context UriInfo uri,
                @Context HttpHeaders headers,
                @Context SecurityContext security) {
            super.subscribe(sink, sse, method, uri, headers, security);
        }
    }

    private static class Door extends AbstractSsePublishResource {}

    private static class DoorWithPath extends AbstractSsePublishResource {
        @Override
        @Path("/below")
        public void publish(
                InputStream body, AsyncResponse response, UriInfo uri, HttpHeaders headers, SecurityContext security)
                throws IOException {
            super.publish(body, response, uri, headers, security);
        }
    }

    private static class CompleteDoor extends AbstractSsePublishResource {
        @Override
        @POST
        @Path("/below")
        public void publish(
                InputStream body,
                @Suspended AsyncResponse response,
                @Context UriInfo uri,
                @Context HttpHeaders headers,
                @Context SecurityContext security)
                throws IOException {
            super.publish(body, response, uri, headers, security);
        }
    }

    private static class DoorWithAnotherBesides extends AbstractSsePublishResource {
        @PUT
        public void publish(String body) {}
    }

    @Test
    void aResourceThatInheritsTheMethodIsFine() {
        assertEquals(Optional.empty(), OverriddenMethod.problem(Plain.class));
        assertEquals(Optional.empty(), OverriddenMethod.problem(Door.class));
    }

    @Test
    void annotationsThatAreNotOfJakartaRestDoNoHarm() {
        assertEquals(Optional.empty(), OverriddenMethod.problem(Allowed.class));
    }

    @Test
    void aMethodThatRepeatsEveryAnnotationIsFine() {
        assertEquals(Optional.empty(), OverriddenMethod.problem(Complete.class));
        assertEquals(Optional.empty(), OverriddenMethod.problem(CompleteDoor.class));
    }

    @Test
    void aMethodOfTheSameNameIsAnother() {
        assertEquals(Optional.empty(), OverriddenMethod.problem(DoorWithAnotherBesides.class));
    }

    @Test
    void aDoorIsToldWhatItLacks() {
        String problem = OverriddenMethod.problem(DoorWithPath.class).orElseThrow();
        assertTrue(
                problem.startsWith(DoorWithPath.class.getName()
                        + ": nobody can publish with this resource. Its method publish has"),
                problem);
        assertTrue(
                problem.contains(
                        "lacks @POST, @Suspended on the AsyncResponse, @Context on the last three parameters."),
                problem);
    }

    @Test
    void aMethodWithAnnotationsOfItsOwnIsToldWhichItLacks() {
        String problem = OverriddenMethod.problem(WithPath.class).orElseThrow();
        assertTrue(problem.startsWith(WithPath.class.getName() + ": nobody can open this stream."), problem);
        assertTrue(problem.contains("of its own (@GET, @Path)"), problem);
        assertTrue(
                problem.contains("lacks @Produces(MediaType.SERVER_SENT_EVENTS), @Context on each parameter."),
                problem);
    }

    @Test
    void annotatedParametersCountToo() {
        String problem = OverriddenMethod.problem(WithContextOnly.class).orElseThrow();
        assertTrue(problem.contains("lacks @GET, @Produces(MediaType.SERVER_SENT_EVENTS)."), problem);
    }

    @Test
    void whatASuperclassHasLostIsLost() {
        String problem = OverriddenMethod.problem(BelowWithPath.class).orElseThrow();
        assertTrue(problem.startsWith(BelowWithPath.class.getName()), problem);
    }
}
