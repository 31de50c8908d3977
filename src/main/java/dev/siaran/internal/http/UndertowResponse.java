package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;
import static dev.siaran.internal.http.ServerObject.field;
import static dev.siaran.internal.http.ServerObject.get;
import static dev.siaran.internal.http.ServerObject.isTrue;
import static dev.siaran.internal.http.ServerObject.method;

import jakarta.servlet.ServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Undertow's own view of a servlet response over HTTP/1.1. Whatever is not found there is done without. */
final class UndertowResponse {

    private static final Logger LOG = System.getLogger(UndertowResponse.class.getName());

    private static final String CONNECTION = "io.undertow.server.protocol.http.HttpServerConnection";
    private static final String CHUNKED = "io.undertow.conduits.ChunkedStreamSinkConduit";
    private static final String HTTP = "io.undertow.server.protocol.http.HttpResponseConduit";
    private static final String SOCKET = "org.xnio.nio.NioSocketConduit";

    private static final String WRITE_TIMEOUT = "io.undertow.conduits.WriteTimeoutStreamSinkConduit";

    /** Layers between HTTP and the socket that leave the bytes as they are. */
    private static final Set<String> TRANSPARENT = Set.of(
            "io.undertow.conduits.BytesSentStreamSinkConduit",
            "io.undertow.conduits.IdleTimeoutConduit",
            WRITE_TIMEOUT);

    /** What a write timeout knows of the time before the first write. */
    private static final long NEVER_WRITTEN = -1;

    /** A response whose headers are sent. */
    private static final int BODY = 0;

    /** How to call what XNIO has for the lower end of a connection; the same for all of them. */
    private record Calls(Class<?> type, MethodHandle write, MethodHandle resumeWrites) {

        static Calls of(Class<?> type) throws ReflectiveOperationException {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            return new Calls(
                    type,
                    lookup.findVirtual(type, "write", MethodType.methodType(int.class, ByteBuffer.class))
                            .asType(MethodType.methodType(void.class, Object.class, ByteBuffer.class)),
                    lookup.findVirtual(type, "resumeWrites", MethodType.methodType(void.class))
                            .asType(MethodType.methodType(void.class, Object.class)));
        }
    }

    /** Those that were used last: a connection need not look for its own, nor keep them. */
    private static final AtomicReference<@Nullable Calls> KNOWN = new AtomicReference<>();

    /** The lower end of a connection, of which nobody else makes use while the response lasts. */
    static final class Socket implements ChunkedWrite.Socket {

        private final Object conduit;
        private final Calls calls;

        private Socket(Object conduit, Calls calls) {
            this.conduit = conduit;
            this.calls = calls;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                calls.write.invokeExact(conduit, bytes);
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }

        /** Undertow does, by the response's write listener. */
        @Override
        public void callBack(ChunkedWrite left) throws IOException {
            try {
                calls.resumeWrites.invokeExact(conduit);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IOException(e);
            }
        }
    }

    private final ServletRequest request;

    /** The response to a request. */
    UndertowResponse(ServletRequest request) {
        this.request = ServerQuirk.unwrapped(request);
    }

    /** The socket, if all that was written has gone there and a body needs no more than HTTP/1.1's chunks around it; else null. */
    @Nullable
    Socket socket() {
        try {
            Object connection = connection();
            Object lowest = call(connection, "getOriginalSinkConduit");
            Object chunked = call(call(call(connection, "getChannel"), "getSinkChannel"), "getConduit");
            Object socket = socketBelow(lowest);
            if (!isA(CHUNKED, chunked) || socket == null) {
                return null;
            }
            Object http = next(chunked);
            boolean plain = isA(HTTP, http) && next(http) == lowest;
            boolean sent = field(http, "state").getInt(http) == BODY
                    && field(chunked, "chunkleft").getInt(chunked) == 0
                    && get(chunked, "chunkingSepBuffer") instanceof Buffer separator
                    && !separator.hasRemaining();
            if (!plain || !sent) {
                return null;
            }
            ChunkedWrite.bound((SocketChannel) get(socket, "socketChannel"));
            Object end = belowTimeout(lowest, socket);
            return new Socket(end, calls(end));
        } catch (ReflectiveOperationException | RuntimeException | IOException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell the socket of a response", e);
            return null;
        }
    }

    /**
     * Tells once when the client has closed the connection, or broken it. Undertow reads nothing while a response lasts, and would know only after
     * some more writes. Not over TLS, where what a socket has to read may be no more than the layer's own. To be called on the connection's thread,
     * on which it tells.
     */
    void whenLeft(Consumer<IOException> left) {
        try {
            Object exchange = call(request, "getExchange");
            Object connection = call(exchange, "getConnection");
            Object socket = socketBelow(call(connection, "getOriginalSinkConduit"));
            if (!isA(CONNECTION, connection)
                    || socket == null
                    || !isTrue(exchange, "isRequestComplete")
                    || call(connection, "getExtraBytes") != null) {
                return;
            }
            InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
                case "handleEvent" -> {
                    read(connection, socket, left);
                    yield null;
                }
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "the end of a connection";
            };
            Class<?> listener = type("org.xnio.ChannelListener", connection);
            Object source = call(call(connection, "getChannel"), "getSourceChannel");
            method(source, "setReadListener", listener)
                    .invoke(
                            source,
                            Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, handler));
            // Not the source's: that would begin to count the time until a timeout of the server for requests
            call(socket, "resumeReads");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell when a client leaves", e);
        }
    }

    /** There is something to read: the end, or another request, which Undertow is given once it has done with this one. */
    private void read(Object connection, Object socket, Consumer<IOException> left) {
        try {
            Object buffer = call(call(connection, "getByteBufferPool"), "allocate");
            boolean kept = false;
            try {
                ByteBuffer bytes = (ByteBuffer) call(buffer, "getBuffer");
                int count = (int) method(socket, "read", ByteBuffer.class).invoke(socket, bytes);
                if (count > 0) {
                    stopReading(socket);
                    bytes.flip();
                    method(connection, "setExtraBytes", type("io.undertow.connector.PooledByteBuffer", connection))
                            .invoke(connection, buffer);
                    kept = true;
                } else if (count < 0) {
                    left.accept(new IOException("the client has closed the connection"));
                }
            } finally {
                if (!kept) {
                    call(buffer, "close");
                }
            }
        } catch (InvocationTargetException e) {
            stopReading(socket);
            left.accept(new IOException(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not let a connection be read", e);
        }
    }

    private static void stopReading(Object socket) {
        try {
            call(socket, "suspendReads");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not stop reading", e);
        }
    }

    private static Class<?> type(String name, Object neighbour) throws ClassNotFoundException {
        return Class.forName(name, false, neighbour.getClass().getClassLoader());
    }

    /**
     * Closes the connection, whatever the response has come to, and frees its buffers: nobody may be writing. Undertow would wait for the next
     * request of a connection that is closed before the end of its response, and keep it with all that belongs to it until the time for that is
     * over: a minute on WildFly.
     */
    void disconnect() {
        try {
            Object exchange = call(request, "getExchange");
            method(exchange, "setPersistent", boolean.class).invoke(exchange, false);
            ((Closeable) call(exchange, "getConnection")).close();
        } catch (ReflectiveOperationException | RuntimeException | IOException e) {
            LOG.log(Level.DEBUG, "Undertow does not close a connection", e);
        }
    }

    private Object connection() throws ReflectiveOperationException {
        return call(call(request, "getExchange"), "getConnection");
    }

    /** The socket below layers that leave the bytes as they are, null if there are others. */
    private static @Nullable Object socketBelow(Object conduit) throws ReflectiveOperationException {
        Object layer = conduit;
        while (TRANSPARENT.contains(layer.getClass().getName())) {
            layer = next(layer);
        }
        return isA(SOCKET, layer) ? layer : null;
    }

    /**
     * The socket, where nothing but a write timeout lies above it. Looking at it costs as much as a quarter of a small write; the first write
     * after that time would end a stream that has been quiet for so long; and a client that takes nothing is ended by {@code siaran.max-lag}.
     * For the end of the response, which Undertow writes, nothing has been written yet.
     */
    private static Object belowTimeout(Object lowest, Object socket) throws ReflectiveOperationException {
        if (!isA(WRITE_TIMEOUT, lowest) || next(lowest) != socket) {
            return lowest;
        }
        field(lowest, "expireTime").setLong(lowest, NEVER_WRITTEN);
        return socket;
    }

    private static Calls calls(Object conduit) throws ReflectiveOperationException {
        Calls last = KNOWN.get();
        if (last == null || !last.type.isInstance(conduit)) {
            last = Calls.of(type("org.xnio.conduits.StreamSinkConduit", conduit));
            KNOWN.set(last);
        }
        return last;
    }

    private static boolean isA(String name, Object object) {
        return object.getClass().getName().equals(name);
    }

    private static Object next(Object conduit) throws ReflectiveOperationException {
        return get(conduit, "next");
    }
}
