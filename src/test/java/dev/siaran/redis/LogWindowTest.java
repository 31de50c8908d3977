package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A window answers as the log itself does, whatever is asked of it and in which order. */
class LogWindowTest extends RedisTest {

    @Test
    void itAnswersAsTheLogDoes() throws Exception {
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.redis.history", "5000");
        List<String> ids = new ArrayList<>(List.of(""));
        for (int i = 0; i < 1_800; i++) {
            ids.add(publish(broker, i));
        }
        ids.add("1-1");
        ids.add(ids.get(900) + "9");
        ids.add(System.currentTimeMillis() + 60_000 + "-0");
        var settings = RedisSettings.read(Settings.of(Map.of("siaran.redis.uri", server.uri())));
        try (Servers servers = new Servers(settings, "test")) {
            var log = new ChannelLog(new Reads(Topology.single(settings.address()), servers), new Keys("siaran:"));
            var random = new Random(7);
            for (int round = 0; round < 20; round++) {
                // given: in the order of the ids, except for some
                var window = new LogWindow(log, CHANNEL);
                List<String> asked = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    asked.add(ids.get(random.nextInt(ids.size())));
                }
                if (round > 3) {
                    asked.sort((a, b) -> StreamId.of(a).compareTo(StreamId.of(b)));
                }
                for (String after : asked) {
                    String through = random.nextBoolean() ? "" : ids.get(random.nextInt(1_800));
                    int limit = 1 + random.nextInt(700);

                    // then
                    assertEquals(
                            log.range(CHANNEL, after, through, limit),
                            window.range(after, through, limit),
                            () -> "after " + after + " through " + through + " limit " + limit);
                    assertEquals(log.tail(CHANNEL), window.tail());
                    if (!after.isEmpty()) {
                        assertEquals(log.contains(CHANNEL, after), window.contains(after), after);
                    }
                }
            }
        }
    }
}
