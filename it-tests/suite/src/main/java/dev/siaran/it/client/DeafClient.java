package dev.siaran.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/**
 * A client that opens a stream, reads the head of the response and nothing of its body, and stays: only the server can end the
 * connection.
 *
 * <p>For one thread.
 */
public final class DeafClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** The least that TCP gets along with. */
    private static final int RECEIVE_BUFFER = 4096;

    private final Socket socket;

    private DeafClient(Socket socket) {
        this.socket = socket;
    }

    /** Opens a stream of an {@code http} URI. */
    public static DeafClient open(URI uri) {
        try {
            return begin(uri, connected(uri));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a stream of an {@code https} URI. */
    public static DeafClient open(URI uri, SSLContext trusted) {
        try {
            return begin(
                    uri, trusted.getSocketFactory().createSocket(connected(uri), uri.getHost(), uri.getPort(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(URI uri) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
        return socket;
    }

    private static DeafClient begin(URI uri, Socket socket) throws IOException {
        String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nAccept: text/event-stream\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String head = head(socket.getInputStream());
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(head);
        }
        return new DeafClient(socket);
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("connection closed after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Listens after all, until the end of the connection: how many bytes of the body still come. */
    public long hearOut() {
        long heard = 0;
        try {
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[8192];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                heard += length;
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("the server has not ended the connection", e);
        } catch (IOException e) {
            // Reset: that is an end as well
        }
        return heard;
    }

    /** Whether the server has nothing of the connection any more: then it answers whatever comes from here with a reset. */
    public boolean isCutOff() {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
