package dev.siaran.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.siaran.internal.wire.NastyText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What anybody may have put into the stream, and any id of a client: read or skipped, without an exception. */
class RabbitFuzzTest {

    @Provide
    Arbitrary<String> text() {
        return NastyText.any();
    }

    @Provide
    Arbitrary<byte[]> body() {
        return Arbitraries.oneOf(
                text().map(text -> text.getBytes(UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20));
    }

    /** Headers with values of all the kinds that AMQP has. */
    @Provide
    Arbitrary<Map<String, Object>> headers() {
        Arbitrary<String> names =
                Arbitraries.of(Wire.CHANNEL, Wire.EVENT, Wire.PUBLISHER, Wire.SEQUENCE, Wire.MARKER, "another");
        Arbitrary<Object> values = Arbitraries.oneOf(
                body().map(LongStringHelper::asLongString),
                text(),
                Arbitraries.longs(),
                Arbitraries.integers(),
                Arbitraries.doubles(),
                Arbitraries.of(true, (byte) 1, new byte[3], new Date(0), BigDecimal.TEN, List.of(1), Map.of("a", 1)));
        return Arbitraries.maps(names, values).ofMaxSize(6);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessageIsReadOrSkipped(@ForAll("headers") Map<String, Object> headers, @ForAll("body") byte[] body)
            throws IOException {
        Map<String, Object> given = new HashMap<>(headers);
        given.put("x-stream-offset", 7L);
        var properties = new BasicProperties.Builder().headers(given).build();

        Entry entry = Wire.read(new Delivery(new Envelope(1, false, "", "siaran"), properties, body));

        assertEquals(7, entry.offset());
        assertEquals(entry.marker(), headers.get(Wire.MARKER) instanceof Number number && number.longValue() > 0);
        if (entry.message() != null) {
            assertEquals(headers.get(Wire.CHANNEL).toString(), entry.message().channel());
            assertEquals(new String(body, UTF_8), entry.message().data());
            EventId id = EventId.of(entry);
            assertEquals(id, EventId.parse(id.toString()).orElseThrow());
            assertTrue(id.isOf(entry.message().channel(), entry));
        }
    }

    @Provide
    Arbitrary<String> id() {
        return Arbitraries.oneOf(
                text(),
                Arbitraries.of(
                                "0",
                                "1",
                                "00",
                                "999999999999999999",
                                "9999999999999999999",
                                "zzzzzzz",
                                "zzzzzzzz",
                                "-",
                                ".",
                                "Z",
                                "\n")
                        .list()
                        .ofMaxSize(6)
                        .map(parts -> String.join("", parts)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anIdIsReadInOneFormOnly(@ForAll("id") String text) {
        EventId.parse(text).ifPresent(id -> assertEquals(text, id.toString()));
    }
}
