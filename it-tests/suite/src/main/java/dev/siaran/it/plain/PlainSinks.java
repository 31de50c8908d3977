package dev.siaran.it.plain;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The open sinks; ended with the application. */
@ApplicationScoped
public class PlainSinks {

    private final Queue<SseEventSink> sinks = new ConcurrentLinkedQueue<>();

    /** Keeps a sink open. */
    public void add(SseEventSink sink) {
        sinks.add(sink);
    }

    @PreDestroy
    void end() {
        for (SseEventSink sink : sinks) {
            try {
                sink.close();
            } catch (Exception e) {
                // Jersey throws while an application is undeployed
            }
        }
    }
}
