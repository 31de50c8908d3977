package dev.siaran.it.proxies;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy that may be installed on this machine. In CI it has to be: there no test is skipped. */
enum Program {
    NGINX("nginx") {
        @Override
        List<String> arguments(Path directory, Path configuration) {
            return List.of("-p", directory.toString(), "-e", "stderr", "-c", configuration.toString());
        }
    },

    HAPROXY("haproxy") {
        @Override
        List<String> arguments(Path directory, Path configuration) {
            // In the foreground; it has no "include", but reads one file after the other
            String snippet = ProxyProcess.CONFIGS.resolve("haproxy/siaran.cfg").toString();
            return List.of("-db", "-f", snippet, "-f", configuration.toString());
        }
    };

    /** Where administrators' programs are, which may not be on a user's PATH. */
    private static final List<String> MORE = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");

    private final String file;

    Program(String file) {
        this.file = file;
    }

    /** What follows the name of the program. */
    abstract List<String> arguments(Path directory, Path configuration);

    /** The command that runs it in the foreground. */
    List<String> command(Path directory, Path configuration) {
        var command = new ArrayList<String>();
        command.add(find().orElseThrow(() -> new AssertionError(file + " is not installed"))
                .toString());
        command.addAll(arguments(directory, configuration));
        return command;
    }

    private Optional<Path> find() {
        Stream<String> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator));
        return Stream.concat(onPath, MORE.stream())
                .map(folder -> Path.of(folder, file))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean isExpected() {
        return "true".equals(System.getenv("CI")) || find().isPresent();
    }

    static boolean isNginxExpected() {
        return NGINX.isExpected();
    }

    static boolean isHaproxyExpected() {
        return HAPROXY.isExpected();
    }
}
