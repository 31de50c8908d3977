package dev.siaran.demo.embedded;

import dev.siaran.SsePublishException;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Fires events on the channel {@code demo}, now faster, now slower, so that the page is alive at first sight. */
public final class Ticker implements AutoCloseable {

    private static final String CHANNEL = "demo";
    private static final double WAVE_SECONDS = 24;

    private final Event<SseQueueEvent> queue;
    private final Clock clock;
    private final HarbourReports reports = new HarbourReports();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-ticker");
        thread.setDaemon(true);
        return thread;
    });

    private Ticker(Event<SseQueueEvent> queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /** Starts to fire. */
    public static Ticker start(Event<SseQueueEvent> queue) {
        var ticker = new Ticker(queue, Clock.systemUTC());
        ticker.timer.scheduleAtFixedRate(ticker::tick, 0, 1, TimeUnit.SECONDS);
        ticker.timer.execute(ticker::report);
        return ticker;
    }

    private void tick() {
        fire(SseQueueEvent.of(CHANNEL, "tick", reports.tick()));
    }

    private void report() {
        fire(reports.next(CHANNEL));
        timer.schedule(this::report, pauseMillis(), TimeUnit.MILLISECONDS);
    }

    /** Between one and seven reports in a second, in a slow wave: something for the chart to show. */
    private long pauseMillis() {
        double phase = clock.millis() / 1000.0 / WAVE_SECONDS * 2 * Math.PI;
        double perSecond = 4 + 3 * Math.sin(phase);
        return Math.round(1000 / perSecond * (0.6 + 0.8 * Math.random()));
    }

    private void fire(SseQueueEvent event) {
        try {
            queue.fire(event);
        } catch (SsePublishException unavailable) {
            // The broker has been away for long, and the library has said so: nobody misses these events
        }
    }

    /** Fires no more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
