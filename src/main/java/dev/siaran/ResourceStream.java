package dev.siaran;

import dev.siaran.internal.hub.StreamSource;
import dev.siaran.internal.wire.EventText;
import dev.siaran.internal.wire.FrameEncoder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client's stream, as the application's thread sees it: encodes here, sends there. */
final class ResourceStream implements SseStream {

    private final StreamSource output;
    private final SseRequest request;

    // Guarded by this
    private @Nullable String nextId;

    ResourceStream(StreamSource output, SseRequest request) {
        this.output = output;
        this.request = request;
    }

    @Override
    public SseRequest request() {
        return request;
    }

    @Override
    public boolean isOpen() {
        return output.isOpen();
    }

    @Override
    public void send(@Nullable String name, Object data) {
        EventText.requireSingleLine("name", name);
        write(FrameEncoder.event(name, EventText.of(data), takeId()).bytes());
    }

    private synchronized @Nullable String takeId() {
        String id = nextId;
        nextId = null;
        return id;
    }

    @Override
    public synchronized SseStream id(String id) {
        EventText.requireSingleLine("id", id);
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id is empty; resetId() makes the client forget the last one");
        }
        nextId = id;
        return this;
    }

    @Override
    public void resetId() {
        takeId();
        write(FrameEncoder.RESET_ID);
    }

    @Override
    public void retry(Duration delay) {
        if (delay.toMillis() < 1) {
            throw new IllegalArgumentException("delay is " + delay + "; allowed is 1 ms or more");
        }
        write(FrameEncoder.retry(delay));
    }

    @Override
    public void comment(String text) {
        write(FrameEncoder.comment(text));
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (!output.pause(duration)) {
            throw closed();
        }
    }

    private void write(byte[] frame) {
        try {
            if (!output.send(frame)) {
                throw closed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SseClosedException("the thread of this stream was interrupted");
        }
    }

    private static SseClosedException closed() {
        return new SseClosedException("the stream has ended: its client left or the application is stopping");
    }
}
