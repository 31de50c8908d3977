package dev.siaran.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has become of the streams, by a name that the client chooses.
 *
 * <p>Safe for use by many threads.
 */
@ApplicationScoped
public class StreamLog {

    private final Map<String, String> states = new ConcurrentHashMap<>();

    /** Notes the state of a stream. */
    public void put(String name, String state) {
        states.put(name, state);
    }

    /** The last state of a stream. */
    public String get(String name) {
        return states.getOrDefault(name, "");
    }
}
