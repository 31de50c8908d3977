package dev.siaran.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Payara Server as it was unpacked, on a copy of its domain that listens on the loopback interface only. */
final class PayaraTarget implements Target {

    private static final String DOMAIN = "domain1";

    private final WebApp app;

    PayaraTarget(WebApp app) {
        this.app = app;
    }

    @Override
    public String name() {
        return app.targetOn("payara");
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
        Path home = lab.server("payara").resolve("glassfish");
        Path domains = lab.fresh(name());
        Path domain = domains.resolve(DOMAIN);
        Directories.copy(home.resolve("domains").resolve(DOMAIN), domain);
        int port = Lab.freePort();
        configure(domain.resolve("config/domain.xml"), lab.heapOptions(), app.properties(lab, keys), port);
        Path deployed = Files.createDirectories(domain.resolve("autodeploy")).resolve(WebApp.CONTEXT + ".war");
        Files.copy(lab.application(app), deployed);
        // With --verbose the server is a child of the command, and ends with it
        var command = new ArrayList<>(List.of(Lab.java(), "-jar"));
        command.add(home.resolve("lib/client/appserver-cli.jar").toString());
        command.addAll(List.of("start-domain", "--verbose", "--domaindir", domains.toString(), DOMAIN));
        ServerProcess process =
                ServerProcess.start(name(), domains, command, Map.of("AS_JAVA", System.getProperty("java.home")));
        return app.running(lab, process, port, name());
    }

    private static void configure(Path file, List<String> heap, Map<String, String> properties, int port)
            throws IOException {
        String options = Stream.concat(heap.stream(), Lab.arguments(properties).stream())
                .map(option -> "<jvm-options>" + option + "</jvm-options>")
                .collect(Collectors.joining());
        String text = Files.readString(file)
                .replace("<network-listener port=\"8080\"", listener(port))
                .replace("<network-listener port=\"8181\"", listener(Lab.freePort()))
                .replace("<network-listener port=\"4848\"", listener(Lab.freePort()))
                .replace(
                        "name=\"JMS_PROVIDER_PORT\" value=\"7676\"",
                        "name=\"JMS_PROVIDER_PORT\" value=\"" + Lab.freePort() + "\"")
                .replace("<iiop-listener ", "<iiop-listener enabled=\"false\" ")
                .replace("<jmx-connector ", "<jmx-connector enabled=\"false\" ")
                // The data grid, which one server has no use for, counts the open descriptors one by one
                .replace(
                        "<hazelcast-config-specific-configuration",
                        "<hazelcast-config-specific-configuration enabled=\"false\"")
                .replace("<jvm-options>-Xmx512m</jvm-options>", options);
        Files.writeString(file, text);
    }

    private static String listener(int port) {
        return "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"";
    }
}
