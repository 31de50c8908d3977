package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import dev.siaran.spi.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Jakarta REST runtime without a servlet container. */
@Timeout(60)
class NoServletTest {

    private static final Logger LOGGER = Logger.getLogger(Transports.class.getName());

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void close() {
        LOGGER.removeHandler(handler);
        broker.close();
    }

    private void deliver(Map<String, String> keys, int clients) throws InterruptedException {
        SiaranConfig config = SiaranConfig.read(Settings.of(keys));
        var server = new SseServer(config, new Hub(config, broker, System::nanoTime));
        try {
            List<FakeSink> sinks = new CopyOnWriteArrayList<>();
            for (int i = 0; i < clients; i++) {
                sinks.add(new FakeSink());
                server.call(sinks.get(i), "GET", new Caller(null, null)).follow(new FakeFollower("news"));
            }
            broker.publish(new Message("news", "e", "It works"));
            for (FakeSink sink : sinks) {
                assertEquals(List.of("It works"), sink.take(1));
            }
        } finally {
            server.close();
        }
    }

    @Test
    void streamsGoThroughTheSinkAndTheLogSaysSoOnce() throws InterruptedException {
        deliver(Map.of(), 3);

        assertEquals(1, logged.size(), logged::toString);
        assertTrue(logged.get(0).startsWith("WARNING"), logged::toString);
        assertTrue(logged.get(0).contains("register " + SiaranInitializer.class.getName()), logged::toString);
        assertTrue(logged.get(0).contains("siaran.transport=sink"), logged::toString);
    }

    @Test
    void whoHasChosenTheSinkIsNotWarned() throws InterruptedException {
        deliver(Map.of("siaran.transport", "sink"), 1);

        assertEquals(List.of(), logged);
    }
}
