package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.spi.LogLines;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be published from outside, and what is answered. */
class PublishCallTest {

    private static final SiaranConfig CONFIG = SiaranConfig.read(Settings.of(Map.of("siaran.max-event-size", "20")));

    private static PublishCall call(String... headers) {
        var map = new MultivaluedHashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.putSingle(headers[i], headers[i + 1]);
        }
        String type = map.getFirst("Content-Type");
        return new PublishCall(CONFIG, fake(HttpHeaders.class, Map.of("getRequestHeaders", map), type));
    }

    /** Headers of a runtime that is asked for no more than this. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers, String contentType) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getMediaType")) {
                        return contentType == null ? null : MediaType.valueOf(contentType);
                    }
                    Object answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError(method);
                    }
                    return answer;
                }));
    }

    private static int status(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(WebApplicationException.class, action).getResponse().getStatus();
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "TEXT/PLAIN;charset=UTF-8"})
    void formAndTextComeFromPagesOfTheSameSiteOnly(String type) {
        String[][] fine = {
            {},
            {"Sec-Fetch-Site", "same-origin"},
            {"Sec-Fetch-Site", "none"},
            {"Origin", "https://example.org", "Host", "example.org"},
            {"Origin", "http://Example.org:8080", "Host", "example.org:8080"},
            {"Sec-Fetch-Site", "same-origin", "Origin", "https://proxy", "Host", "inside"}
        };
        String[][] refused = {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", ""},
            {"Sec-Fetch-Site", "cross-site", "Origin", "https://example.org", "Host", "example.org"},
            {"Origin", "null", "Host", "example.org"},
            {"Origin", "", "Host", "example.org"},
            {"Origin", "https://example.org.evil", "Host", "example.org"},
            {"Origin", "https://example.org:444", "Host", "example.org"},
            {"Origin", "https://evil", "Host", "example.org"},
            {"Origin", "ftp://example.org", "Host", "example.org"},
            {"Origin", "https://example.org"}
        };
        for (String[] headers : fine) {
            assertEquals("a", call(with(type, headers)).begin(Optional.of("a")), String.join(" ", headers));
        }
        for (String[] headers : refused) {
            assertEquals(
                    403, status(() -> call(with(type, headers)).begin(Optional.of("a"))), String.join(" ", headers));
        }
    }

    private static String[] with(String type, String[] headers) {
        var all = new java.util.ArrayList<>(java.util.List.of("Content-Type", type));
        all.addAll(java.util.List.of(headers));
        return all.toArray(String[]::new);
    }

    @Test
    void jsonIsLeftToTheBrowserThatAsksFirst() {
        assertEquals(
                "sse",
                call("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
                        .begin(Optional.empty()));
    }

    @Test
    void aBodyOfAnotherKindOrOfNoneIsRefused() {
        assertEquals(415, status(() -> call().begin(Optional.of("a"))));
        for (String type : new String[] {"multipart/form-data", "application/octet-stream", "text/html", "*/*"}) {
            assertEquals(415, status(() -> call("Content-Type", type).begin(Optional.of("a"))), type);
        }
    }

    @Test
    void aNameThatNoChannelHasIsABadRequest() {
        assertEquals(400, status(() -> call("Content-Type", "application/json").begin(Optional.of("a*"))));
        assertEquals(400, status(() -> call("Content-Type", "application/json").begin(Optional.of("..access"))));
    }

    @Test
    void whoMayNotPublishIsRefused() {
        var alice = new Caller("alice", null);
        PublishCall.admit(alice, "a", () -> true);

        assertEquals(403, status(() -> PublishCall.admit(alice, "a", () -> false)));
        assertEquals(401, status(() -> PublishCall.admit(new Caller(null, null), "a", () -> false)));
        assertEquals(
                404,
                status(() -> PublishCall.admit(alice, "a", () -> {
                    throw new NotFoundException();
                })));
    }

    @Test
    void whereWhoMayCannotBeDecidedNobodyPublishesAndTheLogSaysWhy() {
        try (var log = new LogLines()) {
            var refused = assertThrows(
                    WebApplicationException.class,
                    () -> PublishCall.admit(new Caller("alice", null), "a", () -> {
                        throw new IllegalStateException("the database at 10.0.0.7 is away");
                    }));

            assertEquals(500, refused.getResponse().getStatus());
            assertEquals(
                    "Who may publish could not be decided",
                    refused.getResponse().getEntity());
            assertEquals(
                    List.of("SEVERE a: nobody may publish, because who may could not be decided"),
                    log.of(Level.SEVERE));
        }
    }

    @Test
    void aBodyIsReadNoFurtherThanAllowed() throws IOException {
        var endless = new InputStream() {
            int read;

            @Override
            public int read() {
                read++;
                return 'x';
            }
        };
        assertEquals(413, status(() -> call("Content-Type", "text/plain").read(endless, null)));
        assertEquals(21, endless.read);
        assertEquals(
                413,
                status(() -> call("Content-Type", "text/plain", "Content-Length", "21")
                        .read(endless, null)));
        for (String length : new String[] {"2147483648", "3000000000", " 3000000000 ", "9223372036854775807"}) {
            assertEquals(
                    413,
                    status(() -> call("Content-Type", "text/plain", "Content-Length", length)
                            .read(endless, null)),
                    length);
        }
        assertEquals(21, endless.read, "what says that it is too large is not read at all");
        assertEquals(
                413,
                status(() -> call("Content-Type", "text/plain", "Content-Length", "99999999999999999999")
                        .read(endless, null)));
        assertEquals(42, endless.read);

        String largest = "x".repeat(20);
        assertEquals(
                new EventBody("e", largest), call("Content-Type", "text/plain").read(body(largest), "e"));
    }

    @ParameterizedTest
    @CsvSource({"text/plain;charset=iso-8859-1", "text/plain;charset=\"ISO-8859-1\""})
    void textHasTheCharsetThatItSays(String type) throws IOException {
        var body = new ByteArrayInputStream("café".getBytes(ISO_8859_1));

        assertEquals(new EventBody(null, "café"), call("Content-Type", type).read(body, null));
    }

    @Test
    void bytesThatAreNoTextAreABadRequest() {
        for (String type : new String[] {"text/plain", "application/json", "application/x-www-form-urlencoded"}) {
            var body = new ByteArrayInputStream(new byte[] {'d', 'a', 't', 'a', '=', (byte) 0xE9});
            assertEquals(400, status(() -> call("Content-Type", type).read(body, null)), type);
        }
        assertEquals(
                400,
                status(() -> call("Content-Type", "text/plain;charset=klingon").read(body("x"), null)));
    }

    @Test
    void theAnswerIsTheIdOnceTheBrokerHasTheEvent() {
        var response = new FakeAsyncResponse();
        var published = new CompletableFuture<String>();
        PublishCall.answer(response, published);
        assertFalse(response.isDone());

        published.complete("1-\"2\"");

        var answer = assertInstanceOf(Response.class, response.answer);
        assertEquals(202, answer.getStatus());
        assertEquals("{\"id\":\"1-\\\"2\\\"\"}", new String((byte[]) answer.getEntity(), UTF_8));
    }

    @Test
    void whatTheBrokerRefusesOrDoesNotConfirmMayBeTriedAgain() {
        var refused = new FakeAsyncResponse();
        PublishCall.answer(refused, CompletableFuture.failedFuture(new IllegalStateException("10.0.0.7 is away")));
        refused.assertUnavailable("The event was not accepted, and nobody gets it");

        var late = new FakeAsyncResponse();
        PublishCall.answer(late, new CompletableFuture<>());
        late.timeout.handleTimeout(late);
        late.assertUnavailable("Not confirmed in time; the event may still go out");
    }

    @Test
    void whatTheQueueFindsTooLargeIsTooLarge() {
        var response = new FakeAsyncResponse();
        PublishCall.answer(response, CompletableFuture.failedFuture(new IllegalArgumentException("data has 9 bytes")));

        Response answer =
                assertInstanceOf(WebApplicationException.class, response.answer).getResponse();
        assertEquals(413, answer.getStatus());
        assertEquals("data has 9 bytes", answer.getEntity());
    }
}
