package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBodyTest {

    private static String refusal(Runnable reading) {
        return assertThrows(IllegalArgumentException.class, reading::run).getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event\": \"e\", \"data\": \"It works\"} | e | It works",
                "{\"data\": \"caf\\u00e9 \\\" {[{\"} | | café \" {[{",
                "{\"event\": null, \"data\": \"\"} | | ``",
                "{\"data\": {\"a\" : [1, 2.50, true, null]}} | | {\"a\":[1,2.50,true,null]}",
                "{\"data\": 1e400} | | 1E+400",
                "{\"data\": null} | | null"
            })
    void jsonIsAnEvent(String json, String name, String data) {
        assertEquals(new EventBody(name, data), EventBody.ofJson(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{\"data\"",
                "{\"data\": \"a\"} x",
                "{\"data\": 'a'}",
                "{data: 1}",
                "{\"data\": \"\\x\"}",
                "{\"data\": 01}"
            })
    void whatIsNoJsonObjectIsRefused(String json) {
        assertEquals(
                "the body has to be a JSON object with data, and perhaps event", refusal(() -> EventBody.ofJson(json)));
    }

    @Test
    void whatJsonLacksOrHasTooMuchIsSaid() {
        assertEquals("data is missing", refusal(() -> EventBody.ofJson("{\"event\": \"e\"}")));
        assertEquals("event has to be text", refusal(() -> EventBody.ofJson("{\"event\": 1, \"data\": 1}")));
        assertEquals(
                "a field that is not known; allowed are event and data",
                refusal(() -> EventBody.ofJson("{\"data\": 1, \"channel\": \"other\"}")));
    }

    @Test
    void jsonThatIsNestedWithoutEndIsRefusedBeforeItIsRead() {
        String deep = "{\"data\": " + "[".repeat(100_000);

        assertEquals("the JSON is nested deeper than 100", refusal(() -> EventBody.ofJson(deep)));
        EventBody.ofJson("{\"data\": " + "[".repeat(99) + "]".repeat(99) + "}");
        EventBody.ofJson("{\"data\": [" + "[],".repeat(1000) + "\"" + "\\\"[".repeat(1000) + "\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "event=e&data=It+works, e, It works",
        "data=caf%C3%A9%26%3D, , café&=",
        "data=a=b, , a=b",
        "&&data=&, , ''",
        "data, , ''",
        "%64ata=1&event=, '', 1"
    })
    void aFormIsAnEvent(String form, String name, String data) {
        assertEquals(new EventBody(name, data), EventBody.ofForm(form));
    }

    @Test
    void whatAFormLacksOrHasTooMuchIsSaid() {
        assertEquals("data is missing", refusal(() -> EventBody.ofForm("")));
        assertEquals("data is missing", refusal(() -> EventBody.ofForm("event=e")));
        assertEquals("data is there twice", refusal(() -> EventBody.ofForm("data=1&data=2")));
        assertEquals(
                "a field that is not known; allowed are event and data",
                refusal(() -> EventBody.ofForm("data=1&channel=other")));
        String undecodable = "the form is not encoded as application/x-www-form-urlencoded";
        assertEquals(undecodable, refusal(() -> EventBody.ofForm("data=%")));
        assertEquals(undecodable, refusal(() -> EventBody.ofForm("data=%zz")));
    }

    @Test
    void whateverTheBodyIsItIsAnEventOrRefused() {
        var random = new Random(7);
        String[] parts = {
            "{", "}", "[", "]", "\"", "\\", ":", ",", "data", "event", "\"data\"", "1e9", "-", "%", "&", "=", "\0"
        };
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "{\"data\":" : "");
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            readOrRefused(() -> EventBody.ofJson(text.toString()));
            readOrRefused(() -> EventBody.ofForm(text.toString()));
        }
    }

    private static void readOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            assertEquals(-1, refused.getMessage().indexOf('\n'));
        }
    }
}
