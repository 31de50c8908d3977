package dev.siaran.it.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** HAProxy with {@code server-configs/haproxy/siaran.cfg}. */
@EnabledIf(value = "dev.siaran.it.proxies.Program#isHaproxyExpected", disabledReason = "haproxy is not installed")
class HaproxyIT extends AbstractBalancerIT {

    @Override
    ProxyProcess startProxy(Map<String, String> values) {
        Map<String, String> environment = Map.of(
                "SIARAN_NODE_1",
                values.get("one"),
                "SIARAN_NODE_2",
                values.get("two"),
                "SIARAN_AWAY",
                ProxyProcess.CONFIGS.resolve("haproxy/siaran-away.http").toString(),
                // As many as any machine has descriptors for
                "SIARAN_MAXCONN",
                "1000");
        return new ProxyProcess(Program.HAPROXY, "haproxy.cfg", values, environment);
    }

    @Test
    void aStreamIsNotCompressed() {
        SseClient client = clients()
                .to(proxy().uri("compressing", "/app/sse/plain"))
                .header("Accept-Encoding", "gzip")
                .open();
        begun(client);
        assertEquals("", client.transcript().header("Content-Encoding"));
        one().fire("plain", "It works", 1);
        client.transcript().awaitData("It works");
    }
}
