package dev.siaran.bench.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Something that can be measured. */
public interface Target {

    /** What it is called in options and reports. */
    String name();

    /** Whether it resumes after a last id. */
    boolean replays();

    /** Whether it has a stream that is only held open, to compare memory with. */
    boolean holds();

    /** Whether it can be started here. */
    boolean isAvailable(Lab lab);

    /**
     * Starts it; returns when it answers.
     *
     * @param keys configuration of Siaran, where it runs Siaran
     */
    RunningServer start(Lab lab, Map<String, String> keys) throws IOException, InterruptedException;

    /** All, in the order of reports. */
    static List<Target> all() {
        return List.of(
                new FloorTarget(),
                new EmbeddedTarget(),
                new WildFlyTarget(WebApp.SIARAN),
                new PayaraTarget(WebApp.SIARAN),
                new NchanTarget(),
                new WildFlyTarget(WebApp.BASELINE),
                new PayaraTarget(WebApp.BASELINE));
    }
}
