package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * Open Liberty.
 *
 * <p>Its non-blocking output, though it has a write listener, waits on the socket like the blocking one, and with it would every
 * client of the shard.
 *
 * <p>A write that waits there takes no notice of an interrupt, and completing its response writes to the same connection beside it.
 * What makes it return is that the socket is shut down. Failing that, it ends with the write timeout of the server's {@code
 * httpOptions}.
 */
enum LibertyQuirk implements ServerQuirk {
    INSTANCE;

    private static final Logger LOG = System.getLogger(LibertyQuirk.class.getName());

    /** Whether a response's class is Liberty's; which package it is in depends on the version of Jakarta Servlet. */
    static boolean isOf(String response) {
        return response.startsWith("com.ibm.") || response.startsWith("io.openliberty.");
    }

    @Override
    public boolean isBlocking() {
        return true;
    }

    @Override
    public Consumer<Thread> writeBreaker(ServletRequest request) {
        if (!request.getProtocol().startsWith("HTTP/1.")) {
            // A connection of HTTP/2 has other streams besides this one
            return writer -> {};
        }
        try {
            Object connection = call(call(ServerQuirk.unwrapped(request), "getIRequest"), "getHttpInboundConnection");
            Object output = call(call(connection, "getTCPConnectionContext"), "getWriteInterface");
            var socket = (Socket) call(output, "getSocket");
            return writer -> shutDown(socket);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Liberty does not tell the socket of a request", e);
            return writer -> {};
        }
    }

    private static void shutDown(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket was shut down before", e);
        }
    }
}
