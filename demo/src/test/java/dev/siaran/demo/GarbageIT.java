package dev.siaran.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.FreePorts;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that ask for whatever there is, at a node that others listen to. */
class GarbageIT {

    private static final int REQUESTS = 3_000;
    private static final int AT_ONCE = 100;
    private static final int OTHERS = 5;
    private static final long MORE_MEMORY = 24 << 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(42);
    private final List<String> texts = NastyEvents.all().stream()
            .map(sent -> NastyEvents.unicode(sent.data()))
            .filter(text -> text.length() < 500)
            .toList();
    private DemoProcess demo;
    private String url;
    private int published;

    @BeforeEach
    void start() throws Exception {
        int port = FreePorts.next();
        // So that what a client leaves behind is soon gone, and no limit keeps one out
        demo = DemoProcess.launch(
                String.valueOf(port),
                Map.of(
                        "SIARAN_HEARTBEAT",
                        "500ms",
                        "SIARAN_LOG_LINGER",
                        "1s",
                        "SIARAN_MAX_NEW_STREAMS",
                        "0",
                        "SIARAN_MAX_STREAMS_PER_ADDRESS",
                        "0"));
        demo.awaitBanner();
        url = "http://127.0.0.1:" + port;
    }

    @AfterEach
    void end() {
        demo.close();
    }

    @Test
    void lastIdsAndChannelsOfAnyKindDisturbNobodyAndLeaveNothingBehind() throws Exception {
        // given
        List<BufferedReader> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            others.add(open("/sse/news"));
        }
        ask(REQUESTS / 3);
        long before = demo.memory();

        // when
        ask(REQUESTS - REQUESTS / 3);

        // then
        List<String> all =
                IntStream.range(0, published).mapToObj(i -> "data: " + i).toList();
        for (BufferedReader other : others) {
            assertEquals(
                    all,
                    other.lines()
                            .filter(line -> line.startsWith("data: "))
                            .limit(published)
                            .toList());
        }
        long end = System.nanoTime() + 30_000_000_000L;
        long after = demo.memory();
        while (after - before > MORE_MEMORY && System.nanoTime() < end) {
            after = demo.memory();
        }
        assertTrue(after - before <= MORE_MEMORY, before + " bytes became " + after);
    }

    /** Asks for so many streams, publishing for others now and then. */
    private void ask(int count) throws Exception {
        for (int asked = 0; asked < count; asked += AT_ONCE) {
            List<CompletableFuture<HttpResponse<InputStream>>> answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> http.sendAsync(garbage(), BodyHandlers.ofInputStream()))
                    .toList();
            publish();
            for (var each : answers) {
                HttpResponse<InputStream> answer = each.get();
                assertTrue(
                        List.of(200, 400, 404).contains(answer.statusCode()),
                        () -> answer.statusCode() + " for " + answer.uri());
                answer.body().close();
            }
            publish();
        }
    }

    private HttpRequest garbage() {
        String channel = random.nextInt(3) == 0 ? "news" : text();
        var request = HttpRequest.newBuilder(
                URI.create(url + "/sse/" + encoded(channel) + "?lastEventId=" + encoded(text())));
        if (random.nextBoolean()) {
            request.header("Last-Event-ID", text().replaceAll("[^ -~]", "?").strip() + "x");
        }
        return request.build();
    }

    private String text() {
        return texts.get(random.nextInt(texts.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private void publish() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/publish/news"))
                .POST(BodyPublishers.ofString(String.valueOf(published++)))
                .build();
        assertEquals(204, http.send(request, BodyHandlers.discarding()).statusCode());
    }

    private BufferedReader open(String path) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }
}
