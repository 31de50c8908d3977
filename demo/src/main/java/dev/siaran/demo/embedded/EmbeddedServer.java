package dev.siaran.demo.embedded;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;

/** CDI, Jakarta REST and a servlet container in this process, on the loopback interface. */
public final class EmbeddedServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    /** Held here: a logger that nobody holds forgets its filter. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder");

    /** What a client may take to send a request. Undertow would wait for ever, with a descriptor for each who does not mean it. */
    private static final int REQUEST_MILLIS = 10_000;

    /** How long a connection may be without a request. */
    private static final int IDLE_MILLIS = 60_000;

    private final SeContainer cdi;
    private final WebApplication application;
    private final Undertow undertow;

    private EmbeddedServer(SeContainer cdi, WebApplication application, Undertow undertow) {
        this.cdi = cdi;
        this.application = application;
        this.undertow = undertow;
    }

    /**
     * Starts; returns when requests are answered.
     *
     * @param port where to listen; 0 means any that is free
     * @throws RuntimeException if the port is taken ({@link java.net.BindException} is its cause) or the application does
     *     not start
     */
    public static EmbeddedServer start(int port) {
        SeContainer cdi = SeContainerInitializer.newInstance()
                // Weld's own hook would end the beans while streams still need them
                .addProperty(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                .initialize();
        // A client that has left is no error; Jersey would write two stacks into the log for each
        JERSEY.setFilter(entry -> !(entry.getThrown() instanceof IOException));
        WebApplication application = new WebApplication();
        try {
            // Listens last: a browser that reconnects takes "refused" for "not yet", and 503 for "never again"
            return new EmbeddedServer(cdi, application, listen(port, application.start()));
        } catch (RuntimeException | Error e) {
            application.close();
            cdi.close();
            throw e;
        }
    }

    private static Undertow listen(int port, HttpHandler handler) {
        Undertow undertow = Undertow.builder()
                .addHttpListener(port, HOST, handler)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_MILLIS)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                // Or else a stream waits for the end of itself if a request comes straight behind it
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .build();
        undertow.start();
        return undertow;
    }

    /** The beans of the application. */
    public SeContainer cdi() {
        return cdi;
    }

    /** Where the application answers, without a slash at the end. */
    public String url() {
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return "http://" + HOST + ":" + address.getPort();
    }

    /** Ends every stream and the application, then its connections: the last bytes of a stream need one. */
    @Override
    public void close() {
        application.close();
        cdi.close();
        undertow.stop();
    }
}
