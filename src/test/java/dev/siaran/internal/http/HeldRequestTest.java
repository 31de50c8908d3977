package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.hub.Connection;
import dev.siaran.internal.hub.Hub;
import dev.siaran.internal.hub.SlowPolicy;
import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request whose thread waits for the end of its stream. */
@Timeout(60)
class HeldRequestTest {

    private final Broker broker =
            new MemoryBrokerProvider().configure(Settings.of(Map.of())).get();
    private final Hub hub = new Hub(SiaranConfig.read(Settings.of(Map.of())), broker, System::nanoTime);
    private final BlockingWriters writers = new BlockingWriters();
    private final HeldRequest request =
            new HeldRequest(unused(HttpServletRequest.class), unused(HttpServletResponse.class));

    /** A client that takes nothing until the test says so. */
    private final CountDownLatch writing = new CountDownLatch(1);

    private final CountDownLatch reading = new CountDownLatch(1);

    private final ServletOutputStream output = new ServletOutputStream() {
        @Override
        public void write(int next) throws IOException {
            writing.countDown();
            try {
                reading.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    };

    @AfterEach
    void close() {
        reading.countDown();
        writers.close();
        hub.close();
        broker.close();
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    private BlockingOutlet outlet() {
        Connection connection = hub.follow(List.of("news"), null, SlowPolicy.DISCONNECT);
        var taken = new TakenResponse(request.startAsync(), connection, new OpenResponses());
        return new BlockingOutlet(taken, output, writers, writer -> {});
    }

    @Test
    void aStreamThatEndsLetsTheThreadGo() {
        BlockingOutlet outlet = outlet();
        assertTrue(request.isAsyncStarted());

        outlet.close();

        request.awaitEnd();
        assertFalse(request.isAsyncStarted());
    }

    @Test
    void theThreadStaysWhileAWriteIsUnderWay() throws Exception {
        BlockingOutlet outlet = outlet();
        outlet.write(new byte[] {1}, 0, 1);
        assertTrue(writing.await(10, TimeUnit.SECONDS));

        // when the stream is closed, and given up because that does not end the write
        outlet.close();
        outlet.abandon();

        // then the response is still this one's, until the write has returned
        assertTrue(request.isAsyncStarted());
        reading.countDown();
        request.awaitEnd();
        assertFalse(request.isAsyncStarted());
    }
}
