package dev.siaran.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.demo.DemoStream.Event;
import dev.siaran.rabbitmq.RabbitServer;
import dev.siaran.spi.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two demos on one RabbitMQ, which is killed while the tickers of both fire. */
@EnabledIf(value = "dev.siaran.rabbitmq.RabbitServer#isExpected", disabledReason = RabbitServer.MISSING)
class RabbitDemoIT {

    private static final String CHANNEL = "demo";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void bothShowTheSameEventsWithTheSameIdsAlsoWhenRabbitIsKilledAndComesBack() throws Exception {
        int one = FreePorts.next();
        int two = FreePorts.next();
        try (var rabbit = RabbitServer.start();
                var demoOne = launch(one, rabbit);
                var demoTwo = launch(two, rabbit)) {
            demoOne.awaitBanner();
            demoTwo.awaitBanner();
            try (var atOne = DemoStream.open(stream(one), "");
                    var atTwo = DemoStream.open(stream(two), "")) {
                // given
                publish(one, "first");
                Event first = last(atOne.upTo("first"));
                assertEquals(first, last(atTwo.upTo("first")));

                // when: what is fired meanwhile waits
                publish(two, "before");
                rabbit.kill9();
                publish(two, "meanwhile");
                rabbit.restart();
                publish(one, "after");
                List<Event> events = atOne.upTo("after");
                publish(two, "last");

                // then
                events.addAll(atOne.upTo("last"));
                assertEquals(events, atTwo.upTo("last"));
                assertEquals(events.size(), new HashSet<>(events).size(), events::toString);
                List<String> names = events.stream().map(Event::name).toList();
                assertTrue(names.containsAll(List.of("before", "meanwhile")), names::toString);

                // and who comes back to the other demo has missed nothing
                try (var returned = DemoStream.open(stream(two), first.id())) {
                    assertEquals(events, returned.upTo("last"));
                }
            }
            assertOnlyTheOutageIsTold(demoOne);
            assertOnlyTheOutageIsTold(demoTwo);
        }
    }

    private static DemoProcess launch(int port, RabbitServer rabbit) throws IOException {
        return DemoProcess.launch(
                String.valueOf(port), Map.of("SIARAN_BROKER", "rabbitmq", "SIARAN_RABBITMQ_URI", rabbit.uri()));
    }

    private static URI stream(int port) {
        return URI.create("http://127.0.0.1:" + port + "/sse/" + CHANNEL);
    }

    private void publish(int port, String name) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + port + "/publish/" + CHANNEL + "?event=" + name);
        var request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString("data"))
                .build();
        assertEquals(204, http.send(request, BodyHandlers.ofString()).statusCode(), name);
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }

    /** By the library, and by nobody else. */
    private static void assertOnlyTheOutageIsTold(DemoProcess demo) {
        List<String> output =
                demo.output().stream().filter(line -> !line.isBlank()).toList();
        assertFalse(output.isEmpty());
        assertTrue(output.stream().allMatch(line -> line.contains(" does not answer")), output::toString);
    }
}
