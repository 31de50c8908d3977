package dev.siaran.demo.embedded;

import java.net.BindException;
import java.util.Optional;

/** Why the demo did not start, in one line where it is something that whoever started it can mend. */
public final class StartFailure {

    private StartFailure() {}

    /** One line for a taken port and for a refused setting; empty for anything else, which deserves its stack trace. */
    public static Optional<String> inOneLine(Throwable failure, int port) {
        // The containers wrap what the application throws, and put their own words before its message
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return Optional.of("Port " + port + " is taken; choose another with -Ddemo.port=");
            }
            if (cause instanceof IllegalArgumentException refused && refused.getMessage() != null) {
                return Optional.of(refused.getMessage());
            }
        }
        return Optional.empty();
    }
}
