package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;
import static dev.siaran.internal.http.ServerObject.isTrue;
import static dev.siaran.internal.http.ServerObject.method;
import static dev.siaran.internal.http.ServerObject.named;
import static dev.siaran.internal.http.ServerObject.set;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Grizzly's own view of a servlet response. Whatever is not found there is done without. */
final class GrizzlyResponse {

    private static final Logger LOG = System.getLogger(GrizzlyResponse.class.getName());

    private static final String GRIZZLY = "org.glassfish.grizzly.";
    private static final String SET_QUEUE = "setMaxAsyncWriteQueueSize";

    /** Filters below HTTP's that leave the bytes as they are. */
    private static final Set<String> TRANSPARENT =
            Set.of(GRIZZLY + "filterchain.TransportFilter", GRIZZLY + "utils.IdleTimeoutFilter");

    private final Object context;
    private final Object response;
    private final Object connection;

    private GrizzlyResponse(Object request) throws ReflectiveOperationException {
        context = call(request, "getContext");
        response = call(request, "getResponse");
        connection = call(context, "getConnection");
    }

    /** The response to a request, null if it cannot be found. */
    static @Nullable GrizzlyResponse to(ServletRequest request) {
        try {
            return new GrizzlyResponse(
                    grizzlyRequest(call(ServerQuirk.unwrapped(request), "getUnwrappedCoyoteRequest")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell its part of a response", e);
            return null;
        }
    }

    /** By Payara's name for it, else by that of GlassFish 8. */
    private static Object grizzlyRequest(Object request) throws ReflectiveOperationException {
        try {
            return call(request, "getCoyoteRequest");
        } catch (NoSuchMethodException e) {
            return call(request, "getGrizzlyRequest");
        }
    }

    /** Sets the size of the buffer that every write takes. */
    void setBufferSize(int bytes) {
        try {
            set(call(response, "getOutputBuffer"), "setBufferSize", bytes);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly keeps the size of its buffer", e);
        }
    }

    /** Sets how many bytes may wait to be sent until the response is not ready. */
    void setQueueSize(int bytes) {
        try {
            set(connection, SET_QUEUE, bytes);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly keeps the size of its queue", e);
        }
    }

    /**
     * Whether the client has sent another request behind this one, over HTTP/1.1. What comes once this one is being served is not read before
     * its end, by a thread of Grizzly's own. True if Grizzly does not tell.
     */
    boolean isFollowed() {
        try {
            Object filters = call(context, "getFilterChain");
            Object unread = named(connection, "obtainProcessorState").invoke(connection, filters, null);
            Object reading = type("filterchain.FilterChainContext$Operation")
                    .getField("READ")
                    .get(null);
            return !named(unread, "peekUnparsedIdx")
                    .invoke(unread, reading, call(context, "getStartIdx"), call(context, "getEndIdx"))
                    .equals(-1);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell whether a request is followed by another one", e);
            return true;
        }
    }

    /** The threads that serve requests; the caller's while these have too much to do. */
    Executor workers() {
        try {
            var threads = (Executor) call(call(connection, "getTransport"), "getWorkerThreadPool");
            return task -> {
                try {
                    threads.execute(task);
                } catch (RejectedExecutionException e) {
                    task.run();
                }
            };
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell the threads of a response", e);
            return Runnable::run;
        }
    }

    /** The stream of HTTP/2 that the response goes by. */
    Object stream() throws ReflectiveOperationException {
        Object state = call(call(response, "getResponse"), "getProcessingState");
        return call(call(state, "getHttpContext"), "getCloseable");
    }

    /** The socket, if nothing waits to be sent to it and a body needs no more than HTTP/1.1's chunks around it; else null. */
    @Nullable
    SocketChannel socket() {
        try {
            Object packet = call(response, "getResponse");
            boolean plain = isTrue(packet, "isCommitted")
                    && isTrue(packet, "isChunked")
                    && ((List<?>) call(packet, "getContentEncodings")).isEmpty()
                    && isLowest((List<?>) call(context, "getFilterChain"));
            Object queue = call(connection, "getAsyncWriteQueue");
            if (plain
                    && call(queue, "spaceInBytes").equals(0)
                    && call(connection, "getChannel") instanceof SocketChannel socket) {
                ChunkedWrite.bound(socket);
                // Not ready again until all is sent
                set(connection, SET_QUEUE, 1);
                return socket;
            }
        } catch (ReflectiveOperationException | RuntimeException | IOException e) {
            LOG.log(Level.DEBUG, "Grizzly does not tell the socket of a response", e);
        }
        return null;
    }

    /** Whether what is below HTTP leaves the bytes as they are: no TLS, no AJP. */
    private static boolean isLowest(List<?> filters) {
        for (Object filter : filters) {
            String name = filter.getClass().getName();
            if (name.endsWith("HttpServerFilter") || name.endsWith("HttpCodecFilter")) {
                return true;
            }
            if (!TRANSPARENT.contains(name)) {
                return false;
            }
        }
        return false;
    }

    /** Sends bytes, which never change, as soon as the socket takes them. */
    void send(byte[] bytes, int length) throws IOException {
        try {
            Object transport = call(connection, "getTransport");
            Object memory = call(transport, "getMemoryManager");
            Class<?> connections = type("Connection");
            Object buffer = type("memory.Buffers")
                    .getMethod("wrap", type("memory.MemoryManager"), byte[].class, int.class, int.class)
                    .invoke(null, memory, bytes, 0, length);
            Object writer = method(transport, "getWriter", connections).invoke(transport, connection);
            type("Writer")
                    .getMethod(
                            "write",
                            connections,
                            Object.class,
                            type("asyncqueue.WritableMessage"),
                            type("CompletionHandler"))
                    .invoke(writer, connection, null, buffer, null);
            if (!isTrue(connection, "isOpen")) {
                // What is given to a connection that is about to close is dropped, while the socket may still take what
                // comes after it
                throw new IOException("the connection is being closed");
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException("Grizzly does not take the rest of a write", e);
        }
    }

    /** Calls back once, when all that was left to be sent has been sent or cannot be. */
    void whenSent(Runnable sent, Consumer<Throwable> failed) throws IOException {
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "onWritePossible" -> {
                sent.run();
                yield null;
            }
            case "onError" -> {
                failed.accept((Throwable) arguments[0]);
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "the rest of a write";
        };
        try {
            Class<?> handlers = type("WriteHandler");
            method(connection, "notifyCanWrite", handlers)
                    .invoke(
                            connection,
                            Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, handler));
        } catch (ReflectiveOperationException e) {
            throw new IOException("Grizzly does not tell when the rest of a write is sent", e);
        }
    }

    /** Closes the connection without sending what is left. */
    void disconnect() {
        try {
            call(connection, "terminateSilently");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Grizzly does not close a connection", e);
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(GRIZZLY + name, false, connection.getClass().getClassLoader());
    }
}
