package dev.siaran.internal.http;

import static dev.siaran.internal.http.ServerObject.call;
import static dev.siaran.internal.http.ServerObject.field;
import static dev.siaran.internal.http.ServerObject.get;

import jakarta.servlet.ServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Undertow's own view of a servlet response over HTTP/1.1. Whatever is not found there is done without. */
final class UndertowResponse {

    private static final Logger LOG = System.getLogger(UndertowResponse.class.getName());

    private static final String CHUNKED = "io.undertow.conduits.ChunkedStreamSinkConduit";
    private static final String HTTP = "io.undertow.server.protocol.http.HttpResponseConduit";
    private static final String SOCKET = "org.xnio.nio.NioSocketConduit";

    /** Layers between HTTP and the socket that leave the bytes as they are. */
    private static final Set<String> TRANSPARENT = Set.of(
            "io.undertow.conduits.BytesSentStreamSinkConduit",
            "io.undertow.conduits.IdleTimeoutConduit",
            "io.undertow.conduits.WriteTimeoutStreamSinkConduit");

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
            if (!isA(CHUNKED, chunked) || !isTransparent(lowest)) {
                return null;
            }
            Object http = next(chunked);
            boolean plain = isA(HTTP, http) && next(http) == lowest;
            boolean sent = field(http, "state").getInt(http) == BODY
                    && field(chunked, "chunkleft").getInt(chunked) == 0
                    && get(chunked, "chunkingSepBuffer") instanceof Buffer end
                    && !end.hasRemaining();
            return plain && sent ? new Socket(lowest, calls(lowest)) : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Undertow does not tell the socket of a response", e);
            return null;
        }
    }

    /** Closes the connection, whatever the response has come to. */
    void disconnect() {
        try {
            ((Closeable) connection()).close();
        } catch (ReflectiveOperationException | RuntimeException | IOException e) {
            LOG.log(Level.DEBUG, "Undertow does not close a connection", e);
        }
    }

    private Object connection() throws ReflectiveOperationException {
        return call(call(request, "getExchange"), "getConnection");
    }

    private static boolean isTransparent(Object conduit) throws ReflectiveOperationException {
        Object layer = conduit;
        while (TRANSPARENT.contains(layer.getClass().getName())) {
            layer = next(layer);
        }
        return isA(SOCKET, layer);
    }

    private static Calls calls(Object conduit) throws ReflectiveOperationException {
        Calls last = KNOWN.get();
        if (last == null || !last.type.isInstance(conduit)) {
            ClassLoader loader = conduit.getClass().getClassLoader();
            last = Calls.of(Class.forName("org.xnio.conduits.StreamSinkConduit", false, loader));
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
