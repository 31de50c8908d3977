package dev.siaran.demo;

import dev.siaran.SseQueueEvent;
import dev.siaran.demo.embedded.EmbeddedServer;
import dev.siaran.demo.embedded.QuietLogging;
import dev.siaran.demo.embedded.StartFailure;
import dev.siaran.demo.embedded.Ticker;

/** The demo on a server of its own: {@code ./mvnw -q -Pdemo}. */
public final class Main {

    private static final String PORT = "demo.port";

    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] args) throws InterruptedException {
        QuietLogging.configure();
        int port = port();
        try {
            System.out.println(banner(start(port)));
        } catch (RuntimeException e) {
            StartFailure.inOneLine(e, port).ifPresentOrElse(System.err::println, e::printStackTrace);
            System.exit(1);
        }
        // Maven would take the end of main for the end of the program
        Thread.currentThread().join();
    }

    private static String start(int port) {
        EmbeddedServer server = EmbeddedServer.start(port);
        var ticker = Ticker.start(server.cdi().getBeanManager().getEvent().select(SseQueueEvent.class));
        Runnable stop = () -> {
            ticker.close();
            server.close();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "demo-stop"));
        return server.url();
    }

    private static int port() {
        String value = System.getProperty(PORT, "8080");
        if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535) {
            return Integer.parseInt(value);
        }
        System.err.println(PORT + " is \"" + value + "\"; allowed is a whole number from 0 (any free port) to 65535");
        System.exit(1);
        throw new AssertionError();
    }

    private static String banner(String url) {
        return """

                  Siaran demo   %1$s

                  Listen        curl -N %1$s/sse/news
                  Publish       curl -d 'It works' '%1$s/publish/news?event=headline'
                  Stop          Ctrl-C
                """.formatted(url);
    }
}
