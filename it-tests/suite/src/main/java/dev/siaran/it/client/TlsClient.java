package dev.siaran.it.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A browser that comes over TLS. With HTTP/2 all its streams share one connection, which lasts as long as the client; with HTTP/1.1
 * each has its own.
 *
 * <p>Safe for use by many threads.
 */
public final class TlsClient implements AutoCloseable {

    /** What a stream that is not read may hold of its connection's window; the JDK's own 16 MB would hide it. */
    private static final String WINDOW = Integer.toString(64 << 10);

    private final List<TlsStream> streams = new ArrayList<>();
    private final HttpClient http;

    /** A client of one version that trusts what the context does. */
    public TlsClient(SSLContext trusted, HttpClient.Version version) {
        System.setProperty("jdk.httpclient.windowsize", WINDOW);
        http = HttpClient.newBuilder()
                .version(version)
                .sslContext(trusted)
                .executor(threads())
                .build();
    }

    /** Two threads that end when there is nothing to do: the client has work left after it was closed. */
    private static ThreadPoolExecutor threads() {
        var threads = new ThreadPoolExecutor(2, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TlsClient::daemon);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "tls-client");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to open a stream; await the rest on its transcript. */
    public TlsStream open(URI uri) {
        return open(uri, "");
    }

    /** Begins to open a stream as a client that has seen an id. */
    public synchronized TlsStream open(URI uri, String lastEventId) {
        var request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        var stream = new TlsStream(lastEventId);
        streams.add(stream);
        stream.begin(http, request.build());
        return stream;
    }

    /** Opens streams, the first of them alone: those that follow find its connection. */
    public List<TlsStream> open(List<URI> uris) {
        var opened = new ArrayList<TlsStream>();
        for (URI uri : uris) {
            opened.add(open(uri));
            if (opened.size() == 1) {
                opened.get(0).transcript().awaitOpen();
            }
        }
        opened.forEach(stream -> stream.transcript().awaitOpen());
        return opened;
    }

    /** Leaves every stream. */
    @Override
    public synchronized void close() {
        streams.forEach(TlsStream::close);
    }
}
