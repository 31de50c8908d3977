package dev.siaran.internal.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverriddenSubscribeTest {

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

    @Test
    void aResourceThatInheritsTheMethodIsFine() {
        assertEquals(Optional.empty(), OverriddenSubscribe.problem(Plain.class));
    }

    @Test
    void annotationsThatAreNotOfJakartaRestDoNoHarm() {
        assertEquals(Optional.empty(), OverriddenSubscribe.problem(Allowed.class));
    }

    @Test
    void aMethodThatRepeatsEveryAnnotationIsFine() {
        assertEquals(Optional.empty(), OverriddenSubscribe.problem(Complete.class));
    }

    @Test
    void aMethodWithAnnotationsOfItsOwnIsToldWhichItLacks() {
        String problem = OverriddenSubscribe.problem(WithPath.class).orElseThrow();
        assertTrue(problem.startsWith(WithPath.class.getName() + ": nobody can open this stream."), problem);
        assertTrue(problem.contains("of its own (@GET, @Path)"), problem);
        assertTrue(
                problem.contains("lacks @Produces(MediaType.SERVER_SENT_EVENTS), @Context on each parameter."),
                problem);
    }

    @Test
    void annotatedParametersCountToo() {
        String problem = OverriddenSubscribe.problem(WithContextOnly.class).orElseThrow();
        assertTrue(problem.contains("lacks @GET, @Produces(MediaType.SERVER_SENT_EVENTS)."), problem);
    }

    @Test
    void whatASuperclassHasLostIsLost() {
        String problem = OverriddenSubscribe.problem(BelowWithPath.class).orElseThrow();
        assertTrue(problem.startsWith(BelowWithPath.class.getName()), problem);
    }
}
