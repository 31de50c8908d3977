package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a runtime keeps of an answer. */
final class FakeAsyncResponse implements AsyncResponse {

    Object answer;
    TimeoutHandler timeout;
    boolean limited;

    void assertUnavailable(String text) {
        assertTrue(limited);
        Response response =
                assertInstanceOf(WebApplicationException.class, answer).getResponse();
        assertEquals(503, response.getStatus());
        assertEquals(text, response.getEntity());
        assertEquals("5", response.getHeaderString("Retry-After"));
    }

    @Override
    public boolean resume(Object entity) {
        assertFalse(entity instanceof Throwable, "a failure as an entity");
        answer = entity;
        return true;
    }

    @Override
    public boolean resume(Throwable failure) {
        answer = failure;
        return true;
    }

    @Override
    public boolean setTimeout(long time, TimeUnit unit) {
        limited = true;
        return true;
    }

    @Override
    public void setTimeoutHandler(TimeoutHandler handler) {
        timeout = handler;
    }

    @Override
    public boolean isDone() {
        return answer != null;
    }

    @Override
    public boolean cancel() {
        throw new AssertionError();
    }

    @Override
    public boolean cancel(int retryAfter) {
        throw new AssertionError();
    }

    @Override
    public boolean cancel(Date retryAfter) {
        throw new AssertionError();
    }

    @Override
    public boolean isSuspended() {
        return answer == null;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Collection<Class<?>> register(Class<?> callback) {
        throw new AssertionError();
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Class<?> callback, Class<?>... callbacks) {
        throw new AssertionError();
    }

    @Override
    public Collection<Class<?>> register(Object callback) {
        throw new AssertionError();
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
        throw new AssertionError();
    }
}
