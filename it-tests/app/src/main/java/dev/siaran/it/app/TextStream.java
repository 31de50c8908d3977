package dev.siaran.it.app;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Everything that a stream can write, once; then it ends. */
@Path("/text")
public class TextStream extends AbstractSseResource {

    @Override
    protected void stream(SseStream out) {
        out.comment("one\ntwo");
        out.send("unnamed");
        out.send("lines", "a\nb\r\nc\rd");
        out.send("blank-lines", "a\n\nb\n");
        out.send("empty", "");
        out.send("bytes", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        out.send("json", Map.of("answer", 42));
        out.id("id-1").send("with-id", "x");
        out.send("keeps-id", "x");
        out.resetId();
        out.send("without-id", "x");
        out.retry(Duration.ofMillis(250));
        out.send("request", "seen " + out.request().lastEventId().orElse("nothing"));
    }
}
