package dev.siaran.bench.scenario;

import dev.siaran.bench.server.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A question about a server.
 *
 * @param name what it is called in options
 * @param title what it is called in reports
 * @param variants its loads
 * @param suits the targets that it makes sense for
 * @param fresh whether each variant gets a server that has just started
 * @param keys configuration of Siaran
 */
public record Scenario(
        String name,
        String title,
        List<Variant> variants,
        Predicate<Target> suits,
        boolean fresh,
        Map<String, String> keys) {}
