package dev.siaran.bench.scenario;

import dev.siaran.bench.server.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All scenarios. */
public final class Scenarios {

    private static final String CONNECTIONS = "connections";
    private static final String SECONDS = "seconds";
    private static final String WARM_UP = "warm-up";
    private static final String RATE = "rate";

    private final Options options;

    /** With the sizes that the user has chosen. */
    public Scenarios(Options options) {
        this.options = options;
    }

    /** All, in the order of reports. */
    public List<Scenario> all() {
        return List.of(closed(), steady(), slow(), idle(), reconnect(), attack());
    }

    /** As fast as it goes, with four events under way. */
    private Scenario closed() {
        IntStream sizes = options.connections().isPresent()
                ? IntStream.of(options.connections().get())
                : options.quick() ? IntStream.of(200) : IntStream.of(1_000, 10_000);
        List<Variant> variants = sizes.mapToObj(size -> Variant.of(size + " clients")
                        .with(CONNECTIONS, size)
                        .with("window", 4)
                        .with(WARM_UP, options.warmUp(90, 3))
                        .with(SECONDS, options.seconds(15, 3)))
                .toList();
        return new Scenario(
                "closed", "Closed loop, 4 events of 64 bytes under way", variants, all -> true, false, Map.of());
    }

    /** An ordinary day: every event is a write of its own for every client. */
    private Scenario steady() {
        int size = options.connections(1_000, 300);
        Variant variant = Variant.of(size + " clients")
                .with(CONNECTIONS, size)
                .with(RATE, options.rate(50))
                .with(WARM_UP, options.warmUp(60, 3))
                .with(SECONDS, options.seconds(30, 4));
        return new Scenario("steady", events(50, "64 bytes"), List.of(variant), all -> true, false, Map.of());
    }

    /** Clients that do not read must not be felt by the others. */
    private Scenario slow() {
        int size = options.connections(200, 100);
        List<Variant> variants = Stream.of(0, 1, 20)
                .map(slow -> Variant.of(slow + " of " + size + " never read")
                        .withHeap()
                        .with(CONNECTIONS, size)
                        .with("slow", slow)
                        .with("size", 16 << 10)
                        .with(RATE, options.rate(100))
                        .with(WARM_UP, options.warmUp(5, 2))
                        .with(SECONDS, options.seconds(60, 10)))
                .toList();
        Map<String, String> keys = options.quick() ? Map.of("siaran.max-lag", "3s") : Map.of();
        return new Scenario("slow", events(100, "16 KiB") + ", slow clients", variants, all -> true, false, keys);
    }

    /**
     * What a client costs that hears nothing but heartbeats, beyond what the container needs for it. A server that does next to nothing
     * takes minutes to compile what it does; until then the compiler is half of what is measured.
     */
    private Scenario idle() {
        int size = options.connections(15_000, 1_000);
        Variant held = Variant.of(size + " held by the container")
                .withHeap()
                .with(CONNECTIONS, size)
                .with(WARM_UP, options.warmUp(120, 2))
                .with(SECONDS, options.seconds(30, 2))
                .onHeldStream();
        Variant streams = Variant.of(size + " on Siaran")
                .withHeap()
                .with(CONNECTIONS, size)
                .with(WARM_UP, options.warmUp(180, 3))
                .with(SECONDS, options.seconds(60, 5));
        return new Scenario("idle", "Idle clients", List.of(held, streams), Target::holds, true, Map.of());
    }

    /** Clients that mean harm must not be felt by the others. What only an attack calls takes minutes to be compiled while it goes on. */
    private Scenario attack() {
        int size = options.connections(1_000, 100);
        Variant quiet = Variant.of(size + " clients, in peace")
                .with(CONNECTIONS, size)
                .with(RATE, options.rate(50))
                .with(WARM_UP, options.warmUp(30, 3))
                .with(SECONDS, options.seconds(60, 10));
        return new Scenario(
                "attack",
                events(50, "64 bytes") + ", in peace and under attack",
                List.of(quiet, attacked(size, 1), attacked(size, 64)),
                Target::replays,
                false,
                Map.of("siaran.max-lag", "10s", "siaran.trusted-proxies", "none"));
    }

    /** From one address it meets the limits of Siaran; from many it stays below them. */
    private Variant attacked(int size, int addresses) {
        return Variant.of(size + " clients; from " + addresses + (addresses == 1 ? " address " : " addresses ") + size
                        + " slow-loris, " + size + " that never read, " + options.seconds(60, 10) * drops(size)
                        + " that connect and drop")
                .with(CONNECTIONS, size)
                .with(RATE, options.rate(50))
                .with(WARM_UP, options.warmUp(30, 3))
                .with("again", options.warmUp(120, 3))
                .with(SECONDS, options.seconds(60, 10))
                .under(Map.of(
                        "addresses",
                        String.valueOf(addresses),
                        "slow-loris",
                        String.valueOf(size),
                        "deaf",
                        String.valueOf(size),
                        "drops",
                        String.valueOf(drops(size)),
                        "size",
                        String.valueOf(64 << 10),
                        RATE,
                        "2"));
    }

    private String events(int rate, String size) {
        return options.rate(rate) + " events of " + size + " in a second";
    }

    /** In a second: fifty thousand in a minute, for a thousand clients. */
    private static int drops(int clients) {
        return clients * 834 / 1000;
    }

    /** Everyone loses the connection at once and comes back. */
    private Scenario reconnect() {
        int size = options.connections(10_000, 500);
        Variant variant = Variant.of(size + " clients, 100 behind")
                .with(CONNECTIONS, size)
                .with(RATE, options.rate(100))
                .with("behind", 100)
                .with(WARM_UP, options.warmUp(10, 2))
                .with(SECONDS, options.seconds(60, 10));
        return new Scenario(
                "reconnect",
                "All drop and return, " + events(100, "64 bytes"),
                List.of(variant),
                Target::replays,
                false,
                Map.of());
    }
}
