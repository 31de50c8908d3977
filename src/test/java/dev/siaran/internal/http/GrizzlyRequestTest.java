package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What the Jakarta REST runtime has of a request on Grizzly. */
class GrizzlyRequestTest {

    private boolean started = true;
    private int completed;

    private final AsyncContext own = fake(AsyncContext.class, method -> {
        if (method.equals("complete")) {
            if (completed++ > 0) {
                throw new IllegalStateException("complete already");
            }
            started = false;
        }
        return method.equals("getTimeout") ? 7L : null;
    });

    private final HttpServletRequest request =
            new GrizzlyRequest(fake(HttpServletRequest.class, method -> switch (method) {
                case "isAsyncStarted" -> started;
                case "startAsync", "getAsyncContext" -> own;
                default -> throw new UnsupportedOperationException(method);
            }));

    private interface Answer {
        Object to(String method);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName())));
    }

    @Test
    void whatIsCompleteIsNotCompletedAgain() {
        AsyncContext seen = request.startAsync();

        own.complete();
        seen.complete();
        request.getAsyncContext().complete();

        assertEquals(1, completed);
    }

    @Test
    void whatIsNotCompleteIsCompletedOnce() {
        request.startAsync().complete();

        assertEquals(1, completed);
    }

    @Test
    void everythingElseIsTheContainers() {
        AsyncContext seen = request.startAsync();

        assertEquals(7, seen.getTimeout());
        completed = 1;
        assertThrows(IllegalStateException.class, seen::complete);
    }
}
