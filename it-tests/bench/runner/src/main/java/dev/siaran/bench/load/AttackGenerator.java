package dev.siaran.bench.load;

import dev.siaran.it.load.Attackers;
import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A process that attacks one server until it gets a line on the standard input: {@code AttackGenerator
 * --url=http://127.0.0.1:8080/sse/loud --feed=redis://127.0.0.1:6379/loud --size=65536 --rate=2 --slow-loris=1000 --deaf=1000
 * --drops=833 --addresses=64}, drops in a second and from so many addresses. On the standard output {@link #UNDER_WAY} and, at
 * the end, one line of JSON.
 */
public final class AttackGenerator {

    /** The line which says that those who stay are all there. */
    public static final String UNDER_WAY = "under way";

    private static final long MOMENT =
            Duration.ofSeconds(1).dividedBy(Attackers.MOMENTS).toNanos();

    private final Loop loop = new Loop();
    private final Attackers attackers;
    private final Feed feed;
    private final Pace events;
    private final Pace drops;

    private AttackGenerator(LoadPlan plan, Protocol protocol, Map<String, String> options) throws IOException {
        attackers = new Attackers(
                loop,
                Server.at(plan.url()).forStrangers(Integer.parseInt(options.getOrDefault("addresses", "64"))),
                Integer.parseInt(options.getOrDefault("slow-loris", "0")),
                Integer.parseInt(options.getOrDefault("deaf", "0")));
        feed = new Feed(loop, protocol, plan.size());
        events = Pace.rate(plan.rate());
        drops = Pace.rate(Double.parseDouble(options.getOrDefault("drops", "1")));
    }

    /** Runs once. */
    public static void main(String... arguments) throws IOException {
        LoadPlan plan = LoadPlan.parse(arguments);
        Protocol protocol = plan.protocol();
        if (protocol == null) {
            throw new IllegalArgumentException("feed is missing");
        }
        System.out.println(new AttackGenerator(plan, protocol, LoadPlan.options(arguments)).run());
    }

    private JsonObject run() throws IOException {
        while (!attackers.isComplete()) {
            attackers.keepUp();
            loop.turn(1);
        }
        System.out.println(UNDER_WAY);
        long begin = System.nanoTime();
        attack(begin);
        loop.close();
        return Json.createObjectBuilder()
                .add("attackSeconds", (System.nanoTime() - begin) / 1e9)
                .add("dropped", attackers.dropped())
                .add("slowLorisCut", attackers.cut())
                .add("connections", attackers.connections())
                .build();
    }

    private void attack(long begin) throws IOException {
        events.begin(begin);
        drops.begin(begin);
        long moment = begin;
        while (System.in.available() == 0) {
            long now = System.nanoTime();
            if (now - moment >= 0) {
                moment += MOMENT;
                attackers.nextMoment();
            }
            while (drops.isDue(now)) {
                drops.take(now);
                attackers.drop();
            }
            if (events.isDue(now) && feed.hasRoom()) {
                feed.publish(events.take(now));
            }
            loop.turn(1);
        }
    }
}
