package dev.siaran;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscribeRequestTest {

    /** A part of a runtime that says no more than this. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static MultivaluedMap<String, String> values(String name, String value) {
        var values = new MultivaluedHashMap<String, String>();
        if (value != null) {
            values.putSingle(name, value);
        }
        return values;
    }

    private static SubscribeRequest request(String header, String parameter) {
        return new SubscribeRequest(
                fake(
                        UriInfo.class,
                        Map.of(
                                "getRequestUri", URI.create("http://localhost/sse/news"),
                                "getPathParameters", values("channel", "news"),
                                "getQueryParameters", values("lastEventId", parameter))),
                fake(
                        HttpHeaders.class,
                        Map.of(
                                "getRequestHeaders", values("last-event-id", header),
                                "getAcceptableLanguages", List.of())),
                fake(SecurityContext.class, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"7-1, 5-1, 7-1", "7-1, , 7-1", "7-1, '', 7-1", ", 5-1, 5-1"})
    void theHeaderIsTakenBeforeTheParameter(String header, String parameter, String id) {
        assertEquals(Optional.of(id), request(header, parameter).lastEventId());
    }

    @Test
    void anEmptyHeaderDoesNotHideTheParameter() {
        assertEquals(Optional.of("5-1"), request("", "5-1").lastEventId());
    }

    @Test
    void whatIsEmptyIsNoId() {
        assertEquals(Optional.empty(), request(null, null).lastEventId());
        assertEquals(Optional.empty(), request("", "").lastEventId());
        assertEquals(Optional.empty(), request("", null).lastEventId());
        assertEquals(Optional.empty(), request(null, "").lastEventId());
    }
}
