package dev.siaran.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One stream of events, as {@code EventSource} would read it. Everything that arrives is in its {@link Transcript}.
 *
 * <p>Safe for use by many threads.
 */
public final class SseClient implements AutoCloseable {

    /** How to open a stream. */
    public static final class Builder {

        private final SseClients clients;
        private final URI uri;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String lastEventId = "";
        private boolean reconnecting;
        private int receiveBuffer;

        Builder(SseClients clients, URI uri) {
            this.clients = clients;
            this.uri = uri;
            headers.put("Host", uri.getAuthority());
            headers.put("Accept", "text/event-stream");
        }

        /** Sends a header. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Begins as a client that has seen this id. */
        public Builder lastEventId(String id) {
            this.lastEventId = id;
            return this;
        }

        /** Reconnects whenever the stream ends or cannot be opened, as long as the server's {@code retry} says. */
        public Builder reconnecting() {
            this.reconnecting = true;
            return this;
        }

        /** Takes no more than a few kilobytes that the test has not read yet. */
        public Builder receiveBuffer(int bytes) {
            this.receiveBuffer = bytes;
            return this;
        }

        /** Begins to open the stream; await the rest on its transcript. */
        public SseClient open() {
            var client = new SseClient(this);
            clients.execute(client::connect);
            return client;
        }
    }

    // Never changes
    private final Builder options;
    private final SseClients clients;
    private final Transcript transcript;

    // Used by the thread of SseClients
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private SocketChannel channel;
    private SelectionKey key;
    private ResponseReader response;
    private EventStreamParser parser;
    private String lastEventId;
    private boolean left;
    private boolean paused;

    private SseClient(Builder options) {
        this.options = options;
        this.clients = options.clients;
        this.transcript = new Transcript(options.reconnecting);
        this.lastEventId = options.lastEventId;
    }

    /** What has happened so far. */
    public Transcript transcript() {
        return transcript;
    }

    /** Stops to read, as a client does whose network is stuck. */
    public void pause() {
        clients.execute(() -> {
            paused = true;
            key.interestOps(0);
        });
    }

    /** Reads again. */
    public void resume() {
        clients.execute(() -> {
            paused = false;
            key.interestOps(SelectionKey.OP_READ);
        });
    }

    /** Leaves with a reset instead of a good-bye, as a process does that is killed, and does not come back. */
    public void reset() {
        clients.execute(() -> {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        close();
    }

    /** Leaves, and does not come back. */
    @Override
    public void close() {
        clients.execute(() -> {
            left = true;
            disconnect("left");
        });
    }

    private void connect() {
        if (left) {
            return;
        }
        transcript.connecting();
        parser = new EventStreamParser(lastEventId, transcript);
        response = new ResponseReader(new ResponseReader.Handler() {
            @Override
            public void head(int status, Map<String, String> headers) {
                transcript.head(status, headers);
            }

            @Override
            public void body(ByteBuffer piece) {
                transcript.body(piece);
                parser.accept(piece);
            }
        });
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (options.receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBuffer);
            }
            key = channel.register(clients.selector(), SelectionKey.OP_CONNECT, this);
            channel.connect(new InetSocketAddress(options.uri.getHost(), options.uri.getPort()));
        } catch (IOException e) {
            ended(e.toString());
        }
    }

    /** The channel can be connected or read. */
    void ready() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(request());
                key.interestOps(paused ? 0 : SelectionKey.OP_READ);
            } else if (channel.read(buffer.clear()) < 0) {
                ended("connection closed");
            } else {
                response.accept(buffer.flip());
                if (response.isComplete()) {
                    ended("complete");
                }
            }
        } catch (IOException | RuntimeException e) {
            ended(e.toString());
        }
    }

    private ByteBuffer request() {
        String path = options.uri.getRawPath();
        String query = options.uri.getRawQuery();
        var head = new StringBuilder("GET ").append(query == null ? path : path + "?" + query);
        head.append(" HTTP/1.1\r\n");
        options.headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!lastEventId.isEmpty()) {
            head.append("Last-Event-ID: ").append(lastEventId).append("\r\n");
        }
        return StandardCharsets.UTF_8.encode(head.append("\r\n").toString());
    }

    private void ended(String reason) {
        lastEventId = parser.lastEventId();
        disconnect(reason);
        if (options.reconnecting && !left) {
            clients.schedule(transcript.retryMillis(), this::connect);
        }
    }

    private void disconnect(String reason) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transcript.ended(reason);
    }
}
