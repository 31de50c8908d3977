package dev.siaran.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands between a broker and its server, and does what networks do. */
final class FaultyProxy implements AutoCloseable {

    private static final Pattern PUBLISHING = Pattern.compile("EVALSHA|PUBLISH");

    private volatile int serverPort;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    /** How many answers to a publishing command are still to be lost, and how long the command must be. */
    private final AtomicInteger answersToLose = new AtomicInteger();

    private volatile int shortest;

    FaultyProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /**
     * Lets the server carry out so many publishing commands and then cuts the connection instead of answering.
     *
     * @param bytes the length from which a command counts
     */
    void loseAnswers(int count, int bytes) {
        shortest = bytes;
        answersToLose.set(count);
    }

    int answersLeftToLose() {
        return answersToLose.get();
    }

    /** Lets nothing through any more on the connections there are; they stay open. */
    void freezeOpenConnections() {
        links.forEach(link -> link.frozen = true);
    }

    /** Leads all further connections to another server. */
    void redirect(int otherPort) {
        serverPort = otherPort;
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort));
                links.add(link);
                start(() -> link.pump(link.client, link.server, true));
                start(() -> link.pump(link.server, link.client, false));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        links.forEach(Link::cut);
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean frozen;
        private volatile boolean losing;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void pump(Socket from, Socket to, boolean isRequest) {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[1 << 16];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (isRequest
                            && count >= shortest
                            && PUBLISHING
                                    .matcher(new String(buffer, 0, count, ISO_8859_1))
                                    .find()) {
                        losing |= answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                    }
                    if (!isRequest && losing) {
                        cut();
                        return;
                    }
                    if (!frozen) {
                        out.write(buffer, 0, count);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One side has gone, so the other must.
            }
            cut();
        }

        private void cut() {
            links.remove(this);
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                // Gone already.
            }
        }
    }
}
