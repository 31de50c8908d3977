package dev.siaran.demo.embedded;

import dev.siaran.SseQueueEvent;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Invented reports from the harbours of an archipelago. Confined to one thread. */
final class HarbourReports {

    private static final List<String> HARBOURS =
            List.of("Ambon", "Banda Neira", "Bitung", "Kupang", "Labuan Bajo", "Makassar", "Sorong", "Ternate");

    private static final List<String> FERRIES = List.of("Cendrawasih", "Kakatua", "Labobar", "Nuri", "Sangiang");

    private static final List<String> HEADLINES = List.of(
            "Harbour office moves its notice board to Server-Sent Events",
            "Spice market opens an hour early\nCloves and nutmeg arrive with the morning ferry",
            "Night crossing to Ternate resumes after the swell",
            "Lighthouse keeper reports the clearest evening of the year");

    private final Random random = new Random();
    private long ticks;

    Map<String, Object> tick() {
        return Map.of("n", ++ticks);
    }

    SseQueueEvent next(String channel) {
        int kind = random.nextInt(24);
        if (kind == 0) {
            return SseQueueEvent.of(channel, "headline", any(HEADLINES));
        }
        return kind < 7
                ? SseQueueEvent.of(channel, "ferry", crossing())
                : SseQueueEvent.of(channel, "weather", weather());
    }

    private String crossing() {
        String from = any(HARBOURS);
        String to = any(HARBOURS);
        String ferry = "Ferry " + any(FERRIES);
        return from.equals(to) ? ferry + " is at the quay in " + from : ferry + " left " + from + " for " + to;
    }

    private Map<String, Object> weather() {
        var report = new TreeMap<String, Object>();
        report.put("harbour", any(HARBOURS));
        report.put("celsius", Math.round(240 + 80 * random.nextDouble()) / 10.0);
        report.put("wind", random.nextInt(2, 24));
        return report;
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
