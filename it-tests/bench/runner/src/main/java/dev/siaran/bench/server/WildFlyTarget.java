package dev.siaran.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly as it was unpacked, on a base directory of its own. */
final class WildFlyTarget implements Target {

    /** What WildFly's own start script opens. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

    private final WebApp app;

    WildFlyTarget(WebApp app) {
        this.app = app;
    }

    @Override
    public String name() {
        return app.targetOn("wildfly");
    }

    @Override
    public boolean replays() {
        return app.isSiaran();
    }

    @Override
    public boolean holds() {
        return app.isSiaran();
    }

    @Override
    public boolean isAvailable(Lab lab) {
        return true;
    }

    @Override
    public RunningServer start(Lab lab, Map<String, String> keys) throws IOException, InterruptedException {
        Path home = lab.server("wildfly-");
        Path base = lab.fresh(name());
        for (String part : List.of("configuration", "lib", "deployments")) {
            Directories.copy(home.resolve("standalone").resolve(part), base.resolve(part));
        }
        Files.copy(lab.application(app), base.resolve("deployments").resolve(WebApp.CONTEXT + ".war"));
        int port = Lab.freePort();
        ServerProcess process = ServerProcess.start(name(), base, command(lab, keys, home, base, port), Map.of());
        return app.running(lab, process, port, name());
    }

    private List<String> command(Lab lab, Map<String, String> keys, Path home, Path base, int port) {
        var command = new ArrayList<>(List.of(Lab.java(), "-Djava.net.preferIPv4Stack=true"));
        command.addAll(lab.heapOptions());
        OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        command.addAll(Lab.arguments(app.properties(lab, keys)));
        command.addAll(Lab.arguments(Map.of(
                "jboss.home.dir", home.toString(),
                "jboss.server.base.dir", base.toString(),
                "jboss.modules.system.pkgs", "org.jboss.byteman",
                "jboss.http.port", String.valueOf(port),
                "jboss.https.port", String.valueOf(Lab.freePort()),
                "jboss.management.http.port", String.valueOf(Lab.freePort()))));
        Stream.of("-jar", home.resolve("jboss-modules.jar"), "-mp", home.resolve("modules"))
                .map(Object::toString)
                .forEach(command::add);
        command.addAll(List.of("org.jboss.as.standalone", "-b=127.0.0.1", "-bmanagement=127.0.0.1"));
        return command;
    }
}
