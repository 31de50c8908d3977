package dev.siaran.it.cluster;

import dev.siaran.it.load.SequenceCheck;
import dev.siaran.it.load.Server;
import dev.siaran.it.load.StreamConnection;
import dev.siaran.it.load.StreamListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that follows a series as {@code EventSource} does: when its stream ends it waits for as long as the server has
 * asked it to, and comes back with its last id. For the audience's thread, as all that it is asked.
 */
public class Follower implements StreamListener {

    /** How to make one. */
    public interface Kind {

        /** The follower of this number, whose streams are here. */
        Follower create(Audience audience, int number, List<Server> servers);
    }

    private final Audience audience;
    private final int number;
    private final SequenceCheck check = new SequenceCheck();
    private final List<Long> opened = new ArrayList<>();

    private List<Server> servers;
    private Server server;
    private int connections;
    private StreamConnection connection;
    private byte[] lastId = new byte[0];
    private long retryMillis = 2000;
    private int status;
    private boolean open;

    /** One that has not connected. */
    public Follower(Audience audience, int number, List<Server> servers) {
        this.audience = audience;
        this.number = number;
        this.servers = servers;
    }

    /** Opens a stream at the next address. */
    final void connect() {
        server = servers.get(connections++ % servers.size());
        status = 0;
        try {
            connection = new StreamConnection(this, number, audience.loop(), server, lastId, false);
        } catch (IOException refused) {
            ended();
        }
    }

    /** Drops the connection, whatever is under way on it, and goes to the next address at once. */
    final void hop() {
        drop();
        connect();
    }

    /** Drops the connection, and forgets what it has seen. */
    final void leaveFor(Server next) {
        drop();
        lastId = new byte[0];
        servers = List.of(next);
        connect();
    }

    private void drop() {
        if (connection != null) {
            connection.close();
        }
        remember();
        open = false;
    }

    private void remember() {
        if (connection != null && connection.lastId().length > 0) {
            lastId = connection.lastId();
        }
        connection = null;
    }

    @Override
    public final void opened(int answered) {
        status = answered;
    }

    @Override
    public final void reading() {
        // nothing is measured
    }

    @Override
    public final void retry(long millis) {
        // A server says so first of all, and to a client that it sends away again
        retryMillis = millis;
        if (!open) {
            open = true;
            opened.add(System.nanoTime());
            begun();
        }
    }

    /** The stream has begun. */
    void begun() {
        // as a browser: nothing
    }

    @Override
    public void event(long sequence, long stamp) {
        check.accept(sequence);
    }

    @Override
    public final void gap() {
        check.gap();
    }

    @Override
    public final void ended() {
        remember();
        open = false;
        // As in a browser, any other answer is for good
        if (status == 200 || status == 0) {
            audience.schedule(retryMillis, this::connect);
        }
    }

    final Audience audience() {
        return audience;
    }

    /** Where its last connection went. */
    public final Server server() {
        return server;
    }

    /** Whether its last connection went to this node. */
    public final boolean isAt(Node node) {
        return server.path().startsWith(node.uri("/").getRawPath());
    }

    /** Whether its stream has begun and not ended. */
    public final boolean isOpen() {
        return open;
    }

    /** What it has seen. */
    public final SequenceCheck check() {
        return check;
    }

    /** When its streams have begun, as {@link System#nanoTime}. */
    public final List<Long> opened() {
        return List.copyOf(opened);
    }

    /** Whether it has seen every event up to this number of them, once and in order, without a gap. */
    public final boolean hasAll(long count) {
        return check.isComplete() && check.first() == 0 && check.last() == count - 1;
    }

    @Override
    public final String toString() {
        return "client " + number + " at "
                + server + " (status "
                + status + ", open " + open + ", connections " + connections + ", id "
                + new String(lastId, StandardCharsets.UTF_8) + "): first " + check.first() + ", last " + check.last()
                + ", lost " + check.lost() + ", repeated " + check.repeated() + ", reordered " + check.reordered()
                + ", gaps " + check.gaps() + ", skipped " + check.skipped() + ", " + check.problem();
    }
}
