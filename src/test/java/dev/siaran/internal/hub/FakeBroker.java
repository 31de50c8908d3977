package dev.siaran.internal.hub;

import dev.siaran.spi.Broker;
import dev.siaran.spi.History;
import dev.siaran.spi.Message;
import dev.siaran.spi.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A broker with a history, on the thread of the test. Ids count from 1 in each channel. */
final class FakeBroker implements Broker {

    final Map<String, List<StoredMessage>> stored = new ConcurrentHashMap<>();
    final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final List<String> readings = new ArrayList<>();
    final Queue<Integer> limits = new ConcurrentLinkedQueue<>();
    int oldestKept = 1;

    /** The start of a channel, if it is later than its last message: as in a log of many channels. */
    int place;

    /** Digits of an id, zeros first. */
    int idLength = 1;

    private List<Runnable> held;
    boolean live = true;
    CompletableFuture<Void> historyGate = CompletableFuture.completedFuture(null);

    @Override
    public synchronized CompletionStage<String> publish(Message message) {
        var channel = stored.computeIfAbsent(message.channel(), name -> new ArrayList<>());
        var message1 = new StoredMessage(id(channel.size() + 1), message);
        channel.add(message1);
        Delivery delivery = deliveries.get(message.channel());
        if (held != null) {
            held.add(() -> deliveries.get(message.channel()).message(message1));
        } else if (delivery != null) {
            delivery.message(message1);
        }
        return CompletableFuture.completedFuture(message1.id());
    }

    private String id(int number) {
        String digits = "" + number;
        return "0".repeat(Math.max(0, idLength - digits.length())) + digits;
    }

    /** From now on messages are stored but not delivered, until the returned task is run. */
    synchronized Runnable holdDeliveries() {
        held = new ArrayList<>();
        return () -> {
            List<Runnable> late = held;
            held = null;
            late.forEach(Runnable::run);
        };
    }

    void publish(String channel, int from, int through) {
        for (int i = from; i <= through; i++) {
            publish(new Message(channel, "e", channel + i));
        }
    }

    @Override
    public synchronized Subscription subscribe(String channel, Delivery delivery) {
        if (deliveries.putIfAbsent(channel, delivery) != null) {
            throw new AssertionError(channel + " is subscribed twice");
        }
        if (live) {
            goLive(channel);
        }
        return () -> deliveries.remove(channel, delivery);
    }

    void goLive(String channel) {
        deliveries
                .get(channel)
                .live(""
                        + Math.max(
                                place, stored.getOrDefault(channel, List.of()).size()));
    }

    @Override
    public CompletionStage<History> history(String channel, String afterId, String throughId, int limit) {
        return historyGate.thenApply(open -> read(channel, afterId, throughId, limit));
    }

    private synchronized History read(String channel, String afterId, String throughId, int limit) {
        readings.add(channel + " " + afterId + ".." + throughId);
        limits.add(limit);
        notifyAll();
        var all = stored.getOrDefault(channel, List.of());
        if (!afterId.isEmpty() && !afterId.matches("[1-9][0-9]{0,8}")
                || number(afterId) > Math.max(place, all.size())) {
            return History.empty(History.Start.UNKNOWN);
        }
        int after = number(afterId);
        var start = after + 1 < oldestKept ? History.Start.TRIMMED : History.Start.COMPLETE;
        int from = Math.max(after, oldestKept - 1);
        int bound = throughId.isEmpty() ? all.size() : Math.min(Integer.parseInt(throughId), all.size());
        int through = Math.min(bound, from + limit);
        return new History(start, from >= through ? List.of() : all.subList(from, through));
    }

    /** What has been read of the history, once so many readings have begun: channel, id before, id of the last. */
    synchronized List<String> awaitReadings(int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (readings.size() < count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within 10 s; read is " + readings);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return List.copyOf(readings);
    }

    private static int number(String id) {
        return id.isEmpty() ? 0 : Integer.parseInt(id);
    }

    @Override
    public void close() {}
}
