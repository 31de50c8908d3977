package dev.siaran.it.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.it.client.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** nginx with nothing but {@code proxy_pass}. */
@EnabledIf(value = "dev.siaran.it.proxies.Program#isNginxExpected", disabledReason = "nginx is not installed")
class NginxDefaultsIT extends AbstractProxyIT {

    @Override
    ProxyProcess startProxy(Map<String, String> values) {
        return new ProxyProcess(Program.NGINX, "nginx-defaults.conf", values, Map.of());
    }

    /** What docs/servers.adoc warns of. */
    @Test
    void aProxyThatIsToldToBufferHoldsEventsUntilItsBufferIsFull() {
        // given a stream through a proxy that ignores X-Accel-Buffering, and one past it
        SseClient held = clients().open(proxy().uri("buffering", "/app/sse/held"));
        SseClient direct = open(one().uri("/sse/held"));

        // when there is an event, then it has not come after three heartbeats
        one().fire("held", "small", 1);
        direct.transcript().awaitData("small");
        long lines = direct.transcript().lines().size();
        direct.transcript()
                .await("heartbeats", Duration.ofSeconds(5), self -> self.lines().size() >= lines + 6);
        assertEquals(List.of(), held.transcript().data());

        // and comes when there is enough
        one().fire("held", "x".repeat(64 * 1024), 1);
        held.transcript().awaitData("small");
    }
}
