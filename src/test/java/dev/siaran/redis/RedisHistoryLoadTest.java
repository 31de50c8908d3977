package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.spi.Await;
import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** What it costs the server when many clients come back at once. */
class RedisHistoryLoadTest extends RedisTest {

    private static final Pattern READS = Pattern.compile("cmdstat_x(?:rev)?range:calls=(\\d+)");

    private static int reads(RedisServer server) {
        Matcher matcher = READS.matcher(new String((byte[]) command(server, Command.INFO, "commandstats"), UTF_8));
        int calls = 0;
        while (matcher.find()) {
            calls += Integer.parseInt(matcher.group(1));
        }
        return calls;
    }

    @Test
    void aThousandClientsWithDifferentLastIdsShareAFewReads() throws Exception {
        // given
        RedisServer server = server();
        Broker broker = node(server.uri(), "siaran.redis.history", "5000");
        List<CompletionStage<String>> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sent.add(send(broker, i));
        }
        List<String> ids = new ArrayList<>();
        for (CompletionStage<String> stage : sent) {
            ids.add(Await.value(stage));
        }
        command(server, Command.CONFIG, "RESETSTAT");

        // when: all ask while nothing is answered, and each has seen one event more than the one before, and wants a
        // page of what followed
        server.pause();
        List<CompletionStage<History>> pages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            pages.add(broker.history(CHANNEL, ids.get(999 - i), ids.get(1_999 - i % 7), 256));
        }
        server.resume();

        // then
        for (int i = 0; i < 1_000; i++) {
            History page = Await.value(pages.get(i));
            assertEquals(Start.COMPLETE, page.start());
            assertEquals(
                    ids.subList(1_000 - i, 1_256 - i),
                    page.messages().stream().map(StoredMessage::id).toList());
        }
        int reads = reads(server);
        assertTrue(reads <= 30, "reads: " + reads);
    }
}
