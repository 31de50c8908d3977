package dev.siaran.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx with Nchan, if it is installed: a peer in C. It is fed by HTTP, because its Redis mode has a format of its own. */
final class NchanTarget implements Target {

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));
    private static final List<Path> MODULES = Stream.of("/usr/lib/nginx", "/usr/lib64/nginx", "/usr/share/nginx")
            .map(folder -> Path.of(folder, "modules", "ngx_nchan_module.so"))
            .toList();

    @Override
    public String name() {
        return "nchan";
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public boolean holds() {
        return false;
    }

    @Override
    public boolean isAvailable(Lab lab) {
        return first(PROGRAMS).isPresent() && first(MODULES).isPresent();
    }

    private static Optional<Path> first(List<Path> candidates) {
        return candidates.stream().filter(Files::exists).findFirst();
    }

    @Override
    public RunningServer start(Lab lab, Map<String, String> keys) throws IOException, InterruptedException {
        int port = Lab.freePort();
        Path directory = lab.fresh(name());
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(
                configuration,
                template()
                        .replace("@MODULE@", first(MODULES).orElseThrow().toString())
                        .replace("@DIRECTORY@", directory.toString())
                        .replace("@PORT@", String.valueOf(port)));
        List<String> command = List.of(
                first(PROGRAMS).orElseThrow().toString(),
                "-c",
                configuration.toString(),
                "-p",
                directory.toString(),
                "-e",
                "stderr");
        ServerProcess process = ServerProcess.start(name(), directory, command, Map.of());
        URI root = URI.create("http://127.0.0.1:" + port + "/");
        process.awaitAnswer(root.resolve("sse/ready"));
        return new RunningServer(process, root.resolve("sse/" + name()), null, root.resolve("publish/" + name()));
    }

    private static String template() throws IOException {
        try (InputStream in = NchanTarget.class.getResourceAsStream("nginx.conf")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
