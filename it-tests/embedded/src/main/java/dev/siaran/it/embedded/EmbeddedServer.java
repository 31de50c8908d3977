package dev.siaran.it.embedded;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;

/** Runs the classes of its class path as an application below a context path, until the process is told to end. */
public final class EmbeddedServer {

    /** What the process prints, with the port after it, when requests are answered. */
    public static final String LISTENING = "listening on ";

    /** What the process prints, with a name after it, of a thread that the application has left behind. */
    public static final String LEFT = "left behind: ";

    /** Held here: a logger that nobody holds forgets its filter. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder");

    private EmbeddedServer() {}

    /** Starts below a context path, on a port (0 for any): the arguments. */
    public static void main(String[] args) throws Exception {
        SeContainer cdi = SeContainerInitializer.newInstance()
                // The application has no beans.xml
                .addProperty(Weld.JAVAX_ENTERPRISE_INJECT_SCAN_IMPLICIT, true)
                // Weld's own hook would end the beans while streams still need them
                .addProperty(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                .initialize();
        // A client that has left is no error; Jersey would write two stacks into the log for each
        JERSEY.setFilter(entry -> !(entry.getThrown() instanceof IOException));
        var application = new EmbeddedApplication(args[0]);
        Undertow undertow = Undertow.builder()
                .addHttpListener(
                        Integer.parseInt(args[1]),
                        "127.0.0.1",
                        Handlers.path().addPrefixPath(args[0], application.start()))
                // Or else who never ends a request keeps a descriptor for ever
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 10_000)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
                // Or else a stream waits for the end of itself if a request comes straight behind it
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .build();
        undertow.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            application.close();
            undertow.stop();
            cdi.close();
            reportThreads();
        }));
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        System.out.println(LISTENING + address.getPort());
    }

    /** Threads that have been told to end may take a moment; what is there after two seconds is left behind. */
    private static void reportThreads() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith("siaran") && !endsBefore(deadline, thread)) {
                System.out.println(LEFT + thread.getName() + " at " + List.of(stack));
            }
        });
    }

    private static boolean endsBefore(long deadline, Thread thread) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
