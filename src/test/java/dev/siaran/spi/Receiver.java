package dev.siaran.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records a delivery, and what is wrong with the way it is called. Public for the tests of other modules. */
public final class Receiver implements Broker.Delivery {

    /** What stands in the record for {@link #lost}. */
    public static final String LOST = "(lost)";

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> starts = new LinkedBlockingQueue<>();
    private final BlockingQueue<StoredMessage> calls = new LinkedBlockingQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean begun;

    @Override
    public void live(String startId) {
        call(() -> {
            if (begun) {
                faults.add("live() was called twice");
            }
            begun = true;
            starts.add(startId);
        });
    }

    @Override
    public void message(StoredMessage message) {
        call(() -> record(message));
    }

    @Override
    public void lost() {
        call(() -> record(new StoredMessage(LOST, new Message("-", null, LOST))));
    }

    private void record(StoredMessage message) {
        if (!begun) {
            faults.add("called before live()");
        }
        calls.add(message);
    }

    private void call(Runnable step) {
        if (!busy.compareAndSet(false, true)) {
            faults.add("called by two threads at a time");
        }
        step.run();
        busy.set(false);
    }

    /** Waits until the channel is live and returns the id that it starts with. */
    public String awaitLive() throws InterruptedException {
        String start = starts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(start, "the channel did not go live");
        return start;
    }

    public boolean isLive() {
        return begun;
    }

    /** Waits for the next message. */
    public StoredMessage next() throws InterruptedException {
        StoredMessage message = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(message, "no message came");
        return message;
    }

    /** Waits for so many messages and returns their data. */
    public List<String> data(int count) throws InterruptedException {
        List<String> data = new ArrayList<>();
        while (data.size() < count) {
            StoredMessage message = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(message, () -> "only " + data.size() + " of " + count + " messages came: " + tail(data));
            data.add(message.message().data());
        }
        assertEquals(List.of(), List.copyOf(faults));
        return data;
    }

    private static List<String> tail(List<String> data) {
        return data.subList(Math.max(0, data.size() - 10), data.size());
    }

    /** Waits for messages up to and including the one with this data, and returns the data of all. */
    public List<String> dataUpTo(String last) throws InterruptedException {
        List<String> data = new ArrayList<>();
        do {
            data.add(next().message().data());
        } while (!data.get(data.size() - 1).equals(last));
        assertEquals(List.of(), List.copyOf(faults));
        return data;
    }

    /** Fails if anything has come that was not asked for. */
    public void assertNothingMore() {
        assertNull(calls.peek());
        assertEquals(List.of(), List.copyOf(faults));
    }
}
