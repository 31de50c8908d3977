package dev.siaran.it.app;

import dev.siaran.AbstractSseResource;
import dev.siaran.SseStream;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Always the same bytes, whatever the server. */
@Path("/exact")
public class ExactStream extends AbstractSseResource {

    @Override
    protected void stream(SseStream out) {
        out.send("unnamed");
        out.send("named", "data");
        out.send("lines", "one\ntwo\r\nthree\rfour");
        out.send("blank-lines", "\na\n\nb\n");
        out.send("empty", "");
        out.send("unicode", "caf\u00e9 \u65b0\u805e \u2028 \ud83d\ude00");
        out.send("latin", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        out.send("json", Map.of("answer", 42));
        out.send("space", " led by a space: and a colon");
        out.comment("a comment\nof two lines");
        out.id("id-1").send("with-id", "x");
        out.resetId();
        out.retry(Duration.ofMillis(250));
        out.send("last", "end");
    }
}
