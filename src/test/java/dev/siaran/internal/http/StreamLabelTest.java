package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.LogLines;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log calls a stream that an application writes itself: its path, which the client has chosen. */
@Timeout(60)
class StreamLabelTest {

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final SiaranConfig config = SiaranConfig.read(Settings.of(Map.of()));
    private final SseServer server = new SseServer(config, new Hub(config, broker, System::nanoTime));

    @AfterEach
    void close() {
        server.close();
        broker.close();
    }

    @Test
    void aPathWithALineEndMakesNoLineOfTheLog() throws Exception {
        try (var log = new LogLines()) {
            server.call(new FakeSink(), "GET", new Caller(null, null)).stream(
                    "/time\nWARNING: all is lost\u2028\u001b[2J", output -> {
                        throw new IllegalStateException("a fault of the application");
                    });

            // One that names no servlet, one that names the fault
            Await.until("both lines are there", () -> log.of(Level.WARNING).size() == 2);
            List<String> lines = log.of(Level.WARNING);
            for (String line : lines) {
                assertTrue(line.startsWith("WARNING /time?WARNING: all is lost??[2J: "), line);
                assertEquals(1, line.lines().count(), line);
            }
        }
    }

    @Test
    void aLongPathIsShortened() {
        try (var log = new LogLines()) {
            server.call(new FakeSink(), "GET", new Caller(null, null)).stream("/" + "x".repeat(10_000), output -> {});

            String line = log.of(Level.WARNING).get(0);
            assertTrue(line.startsWith("WARNING /" + "x".repeat(59) + "...: "), line);
        }
    }
}
