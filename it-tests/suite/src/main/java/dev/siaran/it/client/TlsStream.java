package dev.siaran.it.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * One stream of a {@link TlsClient}. Everything that arrives is in its {@link Transcript}.
 *
 * <p>Safe for use by many threads.
 */
public final class TlsStream implements AutoCloseable {

    private final Transcript transcript = new Transcript(false);
    private final Body body = new Body();

    // Used by one thread of the client at a time
    private final EventStreamParser parser;

    private volatile HttpClient.Version version;
    private CompletableFuture<HttpResponse<Void>> response;

    TlsStream(String lastEventId) {
        parser = new EventStreamParser(lastEventId, transcript);
    }

    void begin(HttpClient http, HttpRequest request) {
        transcript.connecting();
        response = http.sendAsync(request, this::answered);
        response.whenComplete((done, failure) -> transcript.ended(failure == null ? "complete" : failure.toString()));
    }

    private BodySubscriber<Void> answered(ResponseInfo info) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        info.headers().map().forEach((name, values) -> headers.put(name, String.join(" | ", values)));
        version = info.version();
        transcript.head(info.statusCode(), headers);
        return body;
    }

    /** What has happened so far. */
    public Transcript transcript() {
        return transcript;
    }

    /** The version of the response. */
    public HttpClient.Version version() {
        return version;
    }

    /** Stops to read this stream, and only this: over HTTP/2 its window fills up, the connection goes on. */
    public void pause() {
        body.pause();
    }

    /** Reads again. */
    public void resume() {
        body.resume();
    }

    /** Leaves this stream; over HTTP/2 (RST_STREAM) the connection stays. */
    @Override
    public void close() {
        transcript.ended("left");
        response.cancel(true);
    }

    /** Hands what is read to the parser, one delivery after the other, and asks for the next unless it is paused. */
    private final class Body implements BodySubscriber<Void> {

        private final CompletableFuture<Void> end = new CompletableFuture<>();

        // Guarded by the monitor
        private Subscription subscription;
        private boolean paused;
        private boolean owing;

        synchronized void pause() {
            paused = true;
        }

        synchronized void resume() {
            paused = false;
            if (owing) {
                owing = false;
                subscription.request(1);
            }
        }

        @Override
        public synchronized void onSubscribe(Subscription granted) {
            subscription = granted;
            granted.request(1);
        }

        @Override
        public synchronized void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                transcript.body(buffer);
                parser.accept(buffer);
            }
            owing = paused;
            if (!paused) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }

        @Override
        public CompletionStage<Void> getBody() {
            return end;
        }
    }
}
