package dev.siaran.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Publishes from a thread of its own, about 500 a second, until it is told to stop. Public for the tests of the brokers. */
public final class Publishing implements AutoCloseable {

    private final List<CompletionStage<String>> stages = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread;

    /** @param name what each message begins with; its number follows */
    public Publishing(Broker broker, String channel, String name) {
        thread = new Thread(() -> {
            while (!stop.get()) {
                stages.add(broker.publish(new Message(channel, "e", name + stages.size())));
                LockSupport.parkNanos(2_000_000);
            }
        });
        thread.start();
    }

    /** Returns how many were published, once all are accepted. */
    public int finish() throws Exception {
        close();
        for (CompletionStage<String> stage : stages) {
            Await.value(stage);
        }
        return stages.size();
    }

    @Override
    public void close() throws Exception {
        stop.set(true);
        thread.join();
    }
}
