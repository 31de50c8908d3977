package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.internal.wire.EventStreamParser.Event;
import dev.siaran.internal.wire.NastyText;
import dev.siaran.internal.wire.OtherParser;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GapsFuzzTest {

    @Provide
    Arbitrary<String> text() {
        return NastyText.any();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aGapIsOneEventOfJsonWhateverTheClientAskedFor(
            @ForAll("text") String channel, @ForAll("text") String requested) {
        byte[] frame = new Gaps("gap").frame(channel, requested, null, "1").bytes();

        OtherParser stream = OtherParser.parse(frame, 1_000);
        assertEquals(1, stream.events().size());
        Event gap = stream.events().get(0);
        assertEquals(new Event("gap", gap.data(), "1"), gap);
        try (JsonReader reader = Json.createReader(new StringReader(gap.data()))) {
            JsonObject json = reader.readObject();
            assertEquals(Set.of("channel", "requested", "oldest"), json.keySet());
            assertEquals(NastyText.unicode(channel), json.getString("channel"));
            assertEquals(NastyText.unicode(requested), json.getString("requested"));
        }
    }
}
