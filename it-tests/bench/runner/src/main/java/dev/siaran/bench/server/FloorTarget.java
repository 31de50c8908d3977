package dev.siaran.bench.server;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program from outside, started with a port, the port of Redis and a channel, that writes each message of the channel to
 * every client with one system call and does nothing else: no server that writes events one by one can need less.
 */
final class FloorTarget implements Target {

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public boolean holds() {
        return false;
    }

    @Override
    public boolean isAvailable(Lab lab) {
        return lab.floor() != null;
    }

    @Override
    public RunningServer start(Lab lab, Map<String, String> keys) throws IOException, InterruptedException {
        int port = Lab.freePort();
        String program = Objects.requireNonNull(lab.floor()).toString();
        List<String> command = List.of(
                program, String.valueOf(port), String.valueOf(lab.redis().port()), name());
        ServerProcess process = ServerProcess.start(name(), lab.fresh(name()), command, Map.of());
        URI stream = URI.create("http://127.0.0.1:" + port + "/");
        process.awaitAnswer(stream);
        return new RunningServer(
                process,
                stream,
                null,
                URI.create("redis://127.0.0.1:" + lab.redis().port() + "/" + name()));
    }
}
