package dev.siaran.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What brokers write to the log, from the making of this to its end. */
public final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        this("dev.siaran");
    }

    /** What others write, whose loggers' names begin so. */
    public LogLines(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
            lines.add(entry.getLevel() + " " + formatter.formatMessage(entry));
        }
    }

    /** Those lines that begin with a level. */
    public List<String> of(Level level) {
        return lines.stream().filter(line -> line.startsWith(level.getName())).toList();
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
