package dev.siaran.it.micro;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Payara Micro, started as its jar is, which then does what it is told on its standard input: {@code deploy FILE} and {@code
 * undeploy NAME}, until that ends. It answers on its standard output, and logs on its standard error.
 */
public final class MicroServer {

    /** What each answer begins with. */
    static final String ANSWER = "micro: ";

    /** What was told is done. */
    static final String DONE = "done";

    /** What was told failed; the log says why. */
    static final String FAILED = "failed";

    private MicroServer() {}

    /**
     * Starts.
     *
     * @param arguments those of {@code java -jar payara-micro.jar}
     */
    public static void main(String[] arguments) throws IOException {
        // Before the server takes it for its log
        PrintStream answers = System.out;
        PayaraMicro.main(arguments);
        PayaraMicroRuntime server = PayaraMicro.getInstance().getRuntime();
        answers.println(ANSWER + DONE);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] command = line.split(" ", 2);
            boolean done =
                    command[0].equals("deploy") ? deploy(server, new File(command[1])) : undeploy(server, command[1]);
            answers.println(ANSWER + (done ? DONE : FAILED));
        }
        System.exit(0);
    }

    /** What the server itself returns is true for an application that has failed, too. */
    private static boolean deploy(PayaraMicroRuntime server, File file) {
        server.deploy(file);
        return server.getDeployedApplicationNames().contains(file.getName().replaceFirst("\\.war$", ""));
    }

    private static boolean undeploy(PayaraMicroRuntime server, String name) {
        server.undeploy(name);
        return !server.getDeployedApplicationNames().contains(name);
    }
}
