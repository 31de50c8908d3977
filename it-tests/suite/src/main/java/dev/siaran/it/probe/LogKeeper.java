package dev.siaran.it.probe;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Keeps what the library logs at WARNING and above, in whatever application of the process, while the probe is deployed.
 *
 * <p>Safe for use by many threads.
 */
@WebListener
public class LogKeeper implements ServletContextListener {

    /** Referenced here, as the log manager may forget a logger that nobody else knows. */
    private static final Logger LOGGER = Logger.getLogger("dev.siaran");

    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
                LINES.add(line.getLevel() + " " + line.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing waits
        }

        @Override
        public void close() {
            // Nothing is open
        }
    };

    static String lines() {
        return LINES.stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        LOGGER.addHandler(handler);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        LOGGER.removeHandler(handler);
    }
}
