package dev.siaran.it.proxies;

import dev.siaran.it.client.SseClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** nginx with the snippets of {@code server-configs/nginx}. */
@EnabledIf(value = "dev.siaran.it.proxies.Program#isNginxExpected", disabledReason = "nginx is not installed")
class NginxIT extends AbstractBalancerIT {

    @Override
    ProxyProcess startProxy(Map<String, String> values) {
        return new ProxyProcess(Program.NGINX, "nginx.conf", values, Map.of());
    }

    @Test
    void anotherNginxInFrontDoesNotBufferEither() {
        SseClient client = open(proxy().uri("second", "/app/sse/second"));
        one().fire("second", "It works", 1);
        client.transcript().awaitData("It works");
    }
}
