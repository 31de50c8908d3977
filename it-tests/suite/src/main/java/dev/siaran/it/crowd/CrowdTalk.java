package dev.siaran.it.crowd;

import dev.siaran.SseQueue;
import dev.siaran.SseQueueEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Tells everybody of the crowd something all the time, until it is told to stop. The first ones get events that fill sockets. */
@Path("/crowd-talk")
@ApplicationScoped
public class CrowdTalk {

    /** How many get large events. */
    public static final int LOUD = 4;

    private static final int LARGE = 32 << 10;
    private static final int BURST = 4;

    @Inject
    SseQueue queue;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    /**
     * Begins.
     *
     * @param rounds in a second: in each, everybody gets one event
     */
    @POST
    public void begin(@QueryParam("rounds") int rounds) {
        new Thread(() -> talk(1_000_000_000L / rounds), "crowd-talk").start();
    }

    private void talk(long interval) {
        try {
            long due = System.nanoTime();
            for (int round = 0; !stopped; round++) {
                for (int number = 0; number < Letters.COUNT; number++) {
                    tell(number, 1 + round % 200);
                }
                due += interval;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } finally {
            ended.countDown();
        }
    }

    private void tell(int number, int times) {
        String name = Letters.name(number);
        if (number >= LOUD) {
            queue.publish(event(name, times));
        } else {
            for (int i = 0; i < BURST; i++) {
                queue.publish(event(name, LARGE));
            }
        }
    }

    /** What is a user's says so in its type, too. */
    private static SseQueueEvent event(String name, int times) {
        return SseQueueEvent.toUser(name, name, Letters.text(name, times));
    }

    /** Ends: when this is answered, nothing more is published. */
    @DELETE
    public void end() throws InterruptedException {
        stopped = true;
        ended.await();
    }
}
