package dev.siaran.bench.server;

import dev.siaran.it.embedded.EmbeddedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Siaran in Undertow, Jersey and Weld, without an application server. */
final class EmbeddedTarget implements Target {

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public boolean isAvailable(Lab lab) {
        return true;
    }

    @Override
    public RunningServer start(Lab lab, Map<String, String> keys) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Lab.java()));
        command.addAll(lab.heapOptions());
        command.addAll(List.of("-cp", lab.embeddedClassPath()));
        command.addAll(Lab.arguments(WebApp.SIARAN.properties(lab, keys)));
        command.addAll(List.of(EmbeddedServer.class.getName(), "/" + WebApp.CONTEXT, "0"));
        ServerProcess process = ServerProcess.start(name(), lab.fresh(name()), command, Map.of());
        int port = Integer.parseInt(process.awaitLine(EmbeddedServer.LISTENING));
        return WebApp.SIARAN.running(lab, process, port, name());
    }
}
