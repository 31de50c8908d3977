package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Holder;
import dev.siaran.internal.hub.Hub;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A response in non-blocking mode, whose handshake may have left something to send. */
@Timeout(60)
class ServletOutletTest {

    /** A way on which each write is seen. */
    private static final class FakeWire implements Wire {

        final List<String> writes = new ArrayList<>();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public boolean flush() {
            return true;
        }
    }

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final Hub hub = new Hub(SiaranConfig.read(Settings.of(Map.of())), broker, System::nanoTime);
    private final FakeWire wire = new FakeWire();
    private final Connection connection =
            hub.connect(hub.stream(), "test", hub.leases().grant(Holder.NOBODY, null));
    private final ServletOutlet outlet = new ServletOutlet(
            new TakenResponse(new WaitingResponse().async(), connection, new OpenResponses()), wire, Runnable::run);

    @AfterEach
    void close() {
        hub.close();
        broker.close();
    }

    private void write(String text) throws IOException {
        byte[] bytes = ("..." + text + "...").getBytes(StandardCharsets.UTF_8);
        outlet.write(bytes, 3, bytes.length - 6);
    }

    @Test
    void whatTheHandshakeHasLeftGoesWithTheFirstBytesInOneWrite() throws IOException {
        outlet.begin(": welcome\n\n".getBytes(StandardCharsets.UTF_8));

        write("retry: 1\n\n");
        write("data: 1\n\n");

        assertEquals(List.of(": welcome\n\nretry: 1\n\n", "data: 1\n\n"), wire.writes);
    }

    @Test
    void withoutAnythingLeftBytesGoAsTheyAre() throws IOException {
        write("data: 1\n\n");

        assertEquals(List.of("data: 1\n\n"), wire.writes);
    }

    @Test
    void nothingIsReadyBeforeTheContainerHasCalledBack() {
        assertFalse(outlet.isReady());

        outlet.onWritePossible();

        assertTrue(outlet.isReady());
    }
}
