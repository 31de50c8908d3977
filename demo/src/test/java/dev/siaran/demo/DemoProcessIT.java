package dev.siaran.demo;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a process: what it prints, how it fails, how it ends. */
class DemoProcessIT {

    private static final int STREAMS = 100;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = FreePorts.next();
    }

    @AfterEach
    void endReaders() {
        readers.shutdownNow();
    }

    @Test
    void printsItsAddressAndServesThePage() throws Exception {
        try (var demo = DemoProcess.launch(String.valueOf(port), Map.of())) {
            String banner = String.join("\n", demo.awaitBanner());
            var page = http.send(HttpRequest.newBuilder(uri("/")).build(), BodyHandlers.ofString());

            assertTrue(banner.contains("http://127.0.0.1:" + port + "\n"), banner);
            assertTrue(banner.contains("curl -N http://127.0.0.1:" + port + "/sse/"), banner);
            assertTrue(banner.lines().count() < 8, banner);
            assertEquals(200, page.statusCode());
            assertEquals("text/html", contentType(page.headers().firstValue("Content-Type")));
        }
    }

    @Test
    void servesThePartsOfThePageAndNothingElse() throws Exception {
        try (var demo = DemoProcess.start(port)) {
            assertEquals(200, get("/app.js"));
            assertEquals(200, get("/style.css"));
            assertEquals(404, get("/no-such-file.js"));
            assertEquals(404, get("/page/index.html"));
            assertEquals(404, get("/..%2FMain.class"));
        }
    }

    @Test
    void refusesAnEventNameOfTwoLines() throws Exception {
        try (var demo = DemoProcess.start(port)) {
            var request = HttpRequest.newBuilder(uri("/publish/news?event=a%0Ab"))
                    .POST(BodyPublishers.ofString("data"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());

            assertEquals(400, answer.statusCode());
            assertTrue(answer.body().contains("name"), answer.body());
        }
    }

    @Test
    void takenPortIsOneLine() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                var demo = DemoProcess.launch(String.valueOf(taken.getLocalPort()), Map.of())) {
            assertFailsInOneLine(demo, "Port " + port + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({"siaran.broker, nonsense", "siaran.heartbeat, 5x", "siaran.log.max-events, 0"})
    void refusedSettingIsOneLine(String key, String value) throws Exception {
        String variable = key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        try (var demo = DemoProcess.launch(String.valueOf(port), Map.of(variable, value))) {
            assertFailsInOneLine(demo, key + " is \"" + value + "\"; allowed is ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", ""})
    void invalidPortIsOneLine(String value) throws Exception {
        try (var demo = DemoProcess.launch(value, Map.of())) {
            assertFailsInOneLine(demo, "demo.port is \"" + value + "\"");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void interruptEndsOpenStreamsAndTheProcess() throws Exception {
        try (var demo = DemoProcess.start(port)) {
            var streams = openStreams();
            demo.interrupt();
            assertEndsInTime(demo, streams);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void terminationEndsOpenStreamsAndTheProcess() throws Exception {
        try (var demo = DemoProcess.start(port)) {
            var streams = openStreams();
            demo.terminate();
            assertEndsInTime(demo, streams);
        }
    }

    private static void assertFailsInOneLine(DemoProcess demo, String start) throws InterruptedException {
        int exitCode = demo.awaitExit();
        List<String> output = demo.output();
        assertEquals(1, output.size(), output::toString);
        assertTrue(output.get(0).startsWith(start), output.get(0));
        assertEquals(1, exitCode);
    }

    /** Each future completes normally when its stream ends as HTTP has it, with a last chunk. */
    private List<CompletableFuture<Void>> openStreams() throws Exception {
        var streams = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < STREAMS; i++) {
            String path = i % 4 == 0 ? "/time" : "/sse/channel-" + i % 5;
            InputStream body = http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream())
                    .body();
            streams.add(CompletableFuture.runAsync(() -> readToTheEnd(body), readers));
        }
        return streams;
    }

    private static void readToTheEnd(InputStream body) {
        try (body) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertEndsInTime(DemoProcess demo, List<CompletableFuture<Void>> streams) throws Exception {
        long started = System.nanoTime();
        CompletableFuture.allOf(streams.toArray(CompletableFuture[]::new)).get(10, SECONDS);
        long streamsEnded = NANOSECONDS.toMillis(System.nanoTime() - started);
        boolean gone = demo.awaitExit(5000);

        assertTrue(streamsEnded < 2000, "The streams ended after " + streamsEnded + " ms");
        assertTrue(gone, "The process is still there");
        assertEquals(
                List.of(),
                demo.output().stream().filter(line -> !line.isBlank()).toList());
    }

    private int get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String contentType(Optional<String> header) {
        return header.orElse("").replaceAll(";.*", "");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
