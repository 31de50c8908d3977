package dev.siaran.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A connection on which one request follows the other without waiting for the answer (RFC 9112, 9.3.2), as proxies may do.
 *
 * <p>For one thread.
 */
public final class Pipeline implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    private Pipeline(Socket socket) {
        this.socket = socket;
    }

    /** Asks for all of them, of one server, in one write. */
    public static Pipeline open(URI... all) {
        var requests = new StringBuilder();
        for (URI uri : all) {
            requests.append("GET ").append(uri.getRawPath()).append(" HTTP/1.1\r\nHost: ");
            requests.append(uri.getAuthority()).append("\r\nAccept: */*\r\n\r\n");
        }
        try {
            var socket = new Socket();
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(all[0].getHost(), all[0].getPort()), TIMEOUT_MILLIS);
            socket.getOutputStream().write(requests.toString().getBytes(UTF_8));
            return new Pipeline(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until this has come; a text in ASCII. */
    public void await(String text) {
        int from = received.length();
        try {
            while (received.indexOf(text, Math.max(0, from - text.length())) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("the server has closed");
                }
                received.append((char) next);
            }
        } catch (IOException e) {
            throw new AssertionError("waiting for \"" + text + "\" after \"" + received + "\"", e);
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
