package dev.siaran.internal.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private static String refusal(Runnable check) {
        return assertThrows(IllegalArgumentException.class, check::run).getMessage();
    }

    @Test
    void theSizeOfDataIsThatOfWhatIsWritten() {
        var random = new Random(8);
        int[] characters = {'a', 'é', '新', 0x1F600, 0xD83D, 0xDE00, 0x7F, 0x80, 0x7FF, 0x800};
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            String data = text.toString();
            int size = FrameEncoder.event(null, data, null).bytes().length - "data: \n\n".length();

            EventText.requireSize(data, size);
            if (size > 0) {
                assertEquals(
                        "data has " + size + " bytes; allowed are at most " + (size - 1) + " (siaran.max-event-size)",
                        refusal(() -> EventText.requireSize(data, size - 1)));
            }
        }
    }

    @Test
    void aNameHasTwoHundredCharactersAtMost() {
        assertDoesNotThrow(() -> EventText.requireName("n".repeat(200)));
        EventText.requireName(null);

        assertEquals(
                "name has 201 characters; allowed are at most 200",
                refusal(() -> EventText.requireName("n".repeat(201))));
    }
}
