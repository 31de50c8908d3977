package dev.siaran.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.FreePorts;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.chrome.ChromeDriver;

/** What a real EventSource makes of events that are most likely to be taken for something else. */
@EnabledIf(
        value = "dev.siaran.demo.DemoPageIT#isBrowserExpected",
        disabledReason = "No chromium and chromedriver on the PATH")
class NastyEventsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Listens for events of the given types; done when it is connected. */
    private static final String LISTEN = """
            const [path, names, done] = arguments;
            window.got = [];
            window.ended = new Promise(resolve => {
              const source = new EventSource(path);
              source.onopen = () => done();
              for (const name of JSON.parse(names)) {
                source.addEventListener(name, event => {
                  window.got.push([event.type, event.data, event.lastEventId]);
                  if (name === 'the end') {
                    source.close();
                    resolve();
                  }
                });
              }
            });
            """;

    /** In ASCII, so that nothing on the way to the test makes something else of it. */
    private static final String READ = """
            const done = arguments[0];
            const escaped = c => '\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0');
            window.ended.then(() => done(JSON.stringify(window.got).replace(/[^ -~]/g, escaped)));
            """;

    /** What a page gets of an event. */
    private record Got(String type, String data, String lastEventId) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ChromeDriver browser;
    private DemoProcess demo;
    private String url;

    @BeforeEach
    void start() throws Exception {
        browser = Chromium.find()
                .orElseThrow(() -> new AssertionError("No chromium and chromedriver on the PATH"))
                .open();
        browser.manage().timeouts().scriptTimeout(PATIENCE);
        int port = FreePorts.next();
        demo = DemoProcess.start(port);
        url = "http://127.0.0.1:" + port;
        browser.get(url + "/icon.svg");
    }

    @AfterEach
    void end() {
        if (browser != null) {
            browser.quit();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void whatAnApplicationSendsIsWhatThePageGets() {
        // when
        browser.executeAsyncScript(LISTEN, "/nasty", types());

        // then
        List<Got> expected = new ArrayList<>();
        String lastId = "";
        for (NastyEvents.Sent sent : NastyEvents.all()) {
            String type = NastyEvents.isSingleLine(sent.name()) ? type(sent.name()) : "message";
            lastId = NastyEvents.isSingleLine(sent.id()) && !sent.id().isEmpty()
                    ? NastyEvents.unicode(sent.id())
                    : lastId;
            expected.add(new Got(type, NastyEvents.received(sent.data()), lastId));
        }
        expected.add(new Got(NastyEvents.END, "", lastId));
        assertSame(expected, read());
    }

    @Test
    void whatIsPublishedIsWhatThePageGets() throws Exception {
        // given
        browser.executeAsyncScript(LISTEN, "/sse/nasty", types());
        List<Got> expected = new ArrayList<>();

        // when
        for (NastyEvents.Sent sent : NastyEvents.all()) {
            String name = NastyEvents.unicode(sent.name());
            String data = NastyEvents.unicode(sent.data());
            boolean allowed = NastyEvents.isSingleLine(name);
            assertEquals(allowed ? 204 : 400, publish(name, data), sent::toString);
            if (allowed) {
                expected.add(new Got(type(name), NastyEvents.received(data), ""));
            }
        }
        publish(NastyEvents.END, "");

        // then
        List<Got> got = read();
        expected.add(new Got(NastyEvents.END, "", ""));
        assertSame(
                expected,
                got.stream().map(each -> new Got(each.type(), each.data(), "")).toList());
        Set<String> ids = new HashSet<>();
        got.forEach(each -> assertTrue(each.lastEventId().matches("[0-9a-z]+-[0-9]+") && ids.add(each.lastEventId())));
    }

    private static String types() {
        Set<String> types = new LinkedHashSet<>(List.of("message", NastyEvents.END));
        NastyEvents.all().forEach(sent -> types.add(type(sent.name())));
        JsonArrayBuilder json = Json.createArrayBuilder();
        types.forEach(json::add);
        var ascii = new StringBuilder();
        json.build().toString().chars().forEach(c -> {
            if (c >= ' ' && c <= '~') {
                ascii.append((char) c);
            } else {
                ascii.append(String.format("\\u%04x", c));
            }
        });
        return ascii.toString();
    }

    private static String type(String name) {
        return name.isEmpty() ? "message" : NastyEvents.unicode(name);
    }

    private List<Got> read() {
        var text = (String) browser.executeAsyncScript(READ);
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonArray.class).stream()
                    .map(event -> new Got(event.getString(0), event.getString(1), event.getString(2)))
                    .toList();
        }
    }

    /** One after the other, so that the first difference is what is shown. */
    private static void assertSame(List<Got> expected, List<Got> got) {
        for (int i = 0; i < Math.min(expected.size(), got.size()); i++) {
            assertEquals(expected.get(i), got.get(i), "event " + i);
        }
        assertEquals(expected.size(), got.size());
    }

    private int publish(String name, String data) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/publish/nasty?event="
                        + URLEncoder.encode(name, UTF_8).replace("+", "%20")))
                .POST(BodyPublishers.ofString(data))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
