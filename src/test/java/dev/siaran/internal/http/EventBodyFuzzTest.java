package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.wire.NastyText;
import jakarta.json.Json;
import java.net.URLEncoder;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody posts: an event that says the same, or one sentence that does not repeat it. */
class EventBodyFuzzTest {

    @Provide
    Arbitrary<String> text() {
        return NastyText.any().map(NastyText::unicode);
    }

    @Provide
    Arbitrary<String> json() {
        return mixed(
                "{",
                "}",
                "[",
                "]",
                "\"",
                "\\",
                ":",
                ",",
                "\"data\":",
                "\"event\":",
                "null",
                "1",
                "-",
                "1e9999",
                "\\u00",
                "true");
    }

    @Provide
    Arbitrary<String> form() {
        return mixed("&", "=", "%", "%2", "%zz", "+", "data=", "event=", "&data=", "%00", "%ff");
    }

    private Arbitrary<String> mixed(String... pieces) {
        return Arbitraries.oneOf(Arbitraries.of(pieces), text())
                .list()
                .ofMaxSize(12)
                .map(all -> String.join("", all));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatLooksLikeJsonIsReadOrRefused(@ForAll("json") String body) {
        assertReadOrRefused(EventBody::ofJson, body);
        assertReadOrRefused(EventBody::ofJson, "{\"data\": " + body + "}");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatLooksLikeAFormIsReadOrRefused(@ForAll("form") String body) {
        assertReadOrRefused(EventBody::ofForm, body);
    }

    private static void assertReadOrRefused(Function<String, EventBody> reader, String body) {
        try {
            assertFalse(reader.apply(body).data() == null);
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage().length() < 100, refused.getMessage());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void textArrivesAsItWasPut(@ForAll("text") String event, @ForAll("text") String data) {
        String json = Json.createObjectBuilder()
                .add("event", event)
                .add("data", data)
                .build()
                .toString();
        String form = "event=" + URLEncoder.encode(event, UTF_8) + "&data=" + URLEncoder.encode(data, UTF_8);

        assertEquals(new EventBody(event, data), EventBody.ofJson(json));
        assertEquals(new EventBody(event, data), EventBody.ofForm(form));
    }
}
