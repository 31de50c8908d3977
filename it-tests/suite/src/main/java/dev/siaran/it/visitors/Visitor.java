package dev.siaran.it.visitors;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.it.crowd.CrowdTalk;
import dev.siaran.it.crowd.Letters;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One connection, on which requests of many users follow each other, as behind a proxy: streams, and pages in between, one after the other or
 * all at once; until it breaks off in one of many ways, or the server ends it. For the loop's thread.
 */
final class Visitor implements Loop.Handler {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int SMALL_BUFFER = 4096;
    private static final int MOST_REQUESTS = 12;

    /** One of so many does not read: by number, so that there are some in a short run, too. */
    private static final int STALLING_OF = 50;

    private final Visits visits;
    private final SplittableRandom random;
    private final Loop loop;
    private final Server server;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean stalls;
    private final Responses responses = new Responses(this::begun, this::over);
    private final List<String> history = new ArrayList<>();

    private Ending ending = Ending.LEAVE;
    private long until;
    private int streams;
    private boolean done;

    /** Begins to connect. */
    Visitor(Visits visits, Loop loop, Server server, int number) throws IOException {
        this.visits = visits;
        this.random = visits.random();
        this.loop = loop;
        this.server = server;
        stalls = number % STALLING_OF == 0;
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (stalls) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        channel.bind(new InetSocketAddress(server.sourceFor(number), 0));
        key = loop.register(channel, SelectionKey.OP_CONNECT, this);
        until = visits.now() + PATIENCE;
        channel.connect(server.address());
    }

    boolean isDone() {
        return done;
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                walk();
            } else {
                read();
            }
        } catch (IOException e) {
            history.add("broken: " + e.getMessage());
            close();
        } catch (Fault e) {
            fault(e);
        }
    }

    private void read() throws IOException {
        int length;
        do {
            length = loop.read(channel);
            if (length < 0) {
                history.add("ended by the server");
                close();
                return;
            }
            responses.parse(loop.bytes(), length);
        } while (!done && key.interestOps() != 0 && length == loop.bytes().length);
    }

    private void fault(Fault fault) {
        visits.fault(fault.getMessage() + ", waiting for " + responses.next() + "; before: " + history);
        close();
    }

    /** The head of a response has come; a stream that opens ends in its own way. */
    private void begun(Answer answer) {
        if (answer.kind() != Answer.Kind.STREAM) {
            return;
        }
        streams++;
        visits.streamOpened();
        if (ending == Ending.STALL) {
            key.interestOps(0);
        }
        until = visits.now() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(ending.minMillis, ending.maxMillis));
    }

    /** A response is complete. */
    private void over(Answer answer) {
        visits.over(answer, streams > 0 && answer.kind() != Answer.Kind.STREAM);
        history.add(answer + " is over");
        until = visits.now() + PATIENCE;
        if (responses.next() != null) {
            return;
        }
        if (stalls || history.size() >= MOST_REQUESTS) {
            close();
            return;
        }
        try {
            walk();
        } catch (IOException e) {
            history.add("broken: " + e.getMessage());
            close();
        }
    }

    /** Asks for something. */
    private void walk() throws IOException {
        int choice = stalls ? 99 : random.nextInt(100);
        if (choice < 20) {
            send(page());
        } else if (choice < 26) {
            send(refusal());
        } else if (choice < 30) {
            String half = stream();
            write(half.substring(0, random.nextInt(1, half.length())));
            end(random.nextBoolean() ? Ending.RESET : Ending.LEAVE);
        } else if (choice < 40) {
            send(page(), refusal(), stream(), page());
        } else if (choice < 55) {
            send(stream(), page(), page());
        } else {
            send(stream());
        }
    }

    private void send(String... requests) throws IOException {
        until = visits.now() + PATIENCE;
        write(String.join("", requests));
    }

    private void write(String requests) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(requests.getBytes(UTF_8));
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("requests do not fit in a socket's buffer");
        }
    }

    private String page() {
        int owner = random.nextInt(Letters.COUNT);
        int length = random.nextInt(1, 3000);
        responses.expect(new Answer(Answer.Kind.PAGE, owner, length));
        return request("/crowd/page?length=" + length, owner);
    }

    private String refusal() {
        int owner = random.nextInt(Letters.COUNT);
        int other = (owner + random.nextInt(1, Letters.COUNT)) % Letters.COUNT;
        responses.expect(new Answer(Answer.Kind.REFUSAL, owner, 0));
        return request("/crowd/stream?channel=user/%25C4%25" + String.format("%02X", 0x80 + other), owner);
    }

    private String stream() {
        boolean loud = stalls || random.nextInt(100) < 1;
        int owner = loud ? random.nextInt(CrowdTalk.LOUD) : random.nextInt(CrowdTalk.LOUD, Letters.COUNT);
        ending = stalls ? Ending.STALL : Ending.choose(random);
        responses.expect(new Answer(Answer.Kind.STREAM, owner, 0));
        return request("/crowd/stream", owner);
    }

    private String request(String path, int owner) {
        String token = Base64.getEncoder().encodeToString((Letters.name(owner) + ":crowd").getBytes(UTF_8));
        return "GET " + server.path() + path + " HTTP/1.1\r\nHost: " + server.host()
                + "\r\nAccept: */*\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    }

    /** Does what is due. */
    void tick(long now) {
        if (done || now - until < 0) {
            return;
        }
        Answer answer = responses.next();
        if (answer == null || answer.kind() != Answer.Kind.STREAM || !answer.isBegun()) {
            fault(new Fault("no answer"));
            return;
        }
        try {
            end(ending);
        } catch (IOException e) {
            close();
        }
    }

    private void end(Ending how) throws IOException {
        visits.ending(how);
        switch (how) {
            case RESET -> {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                close();
            }
            case HALF_CLOSE -> {
                channel.shutdownOutput();
                goOnFor(300, Ending.LEAVE);
            }
            case STALL -> {
                key.interestOps(SelectionKey.OP_READ);
                goOnFor(1000, Ending.LEAVE);
            }
            case REVOKED -> {
                visits.revoke(responses.next().owner());
                goOnFor(10_000, Ending.OVERDUE);
            }
            case OUTLIVE -> goOnFor(10_000, Ending.OVERDUE);
            case OVERDUE -> fault(new Fault("a stream that does not end"));
            default -> close();
        }
    }

    private void goOnFor(long millis, Ending next) {
        until = visits.now() + TimeUnit.MILLISECONDS.toNanos(millis);
        ending = next;
    }

    private void close() {
        done = true;
        if (responses.next() != null) {
            visits.received(responses.next().ownBytes());
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
