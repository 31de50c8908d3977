package dev.siaran.it.cluster;

import dev.siaran.it.load.Loop;
import dev.siaran.it.load.Server;
import dev.siaran.it.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Followers, all read by one thread.
 *
 * <p>Safe for use by many threads.
 */
public final class Audience implements AutoCloseable {

    /** More at once would only wait in a server's backlog. */
    private static final int OPENING_AT_ONCE = 200;

    private record Timer(long dueNanos, Runnable task) {}

    // Used by any thread
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "audience");
    private final Loop loop;
    private volatile boolean closed;

    // Used by the one thread that reads
    private final List<Follower> followers = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));

    /** Nobody yet. */
    public Audience() {
        try {
            loop = new Loop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            loop.turn(timers.isEmpty() ? 100 : Math.max(1, Math.min(100, millisUntil(timers.peek()))));
            for (Runnable task; (task = tasks.poll()) != null; ) {
                task.run();
            }
            while (!timers.isEmpty() && millisUntil(timers.peek()) <= 0) {
                timers.remove().task().run();
            }
        }
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millisUntil(Timer timer) {
        return TimeUnit.NANOSECONDS.toMillis(timer.dueNanos() - System.nanoTime());
    }

    /** The thread's own. */
    Loop loop() {
        return loop;
    }

    /** Runs a task later on the thread that reads; called by that thread. */
    void schedule(long millis, Runnable task) {
        timers.add(new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), task));
    }

    /** Opens so many streams, each connection of a follower at the next of these addresses, and waits until all have begun. */
    public List<Follower> follow(int count, URI... streams) {
        return follow(Follower::new, Collections.nCopies(count, List.of(streams)));
    }

    /** Opens a stream for each of the routes, which are addresses, and waits until all have begun. */
    public List<Follower> follow(Follower.Kind kind, List<List<URI>> routes) {
        List<Follower> joined = new ArrayList<>();
        while (joined.size() < routes.size()) {
            List<List<URI>> next =
                    routes.subList(joined.size(), Math.min(joined.size() + OPENING_AT_ONCE, routes.size()));
            List<Follower> opening =
                    ask(all -> next.stream().map(route -> join(kind, route)).toList());
            Await.until(
                    "their streams have begun",
                    Duration.ofSeconds(30),
                    () -> ask(all -> opening.stream()
                            .filter(follower -> follower.opened().isEmpty())
                            .map(Follower::toString)
                            .toList()),
                    List::isEmpty);
            joined.addAll(opening);
        }
        return joined;
    }

    private Follower join(Follower.Kind kind, List<URI> route) {
        List<Server> servers = route.stream().map(Server::at).toList();
        Follower follower = kind.create(this, followers.size(), servers);
        followers.add(follower);
        follower.connect();
        return follower;
    }

    /** How many they are. */
    public int size() {
        return ask(List::size);
    }

    /** Asks a question on the thread that reads. */
    public <T> T ask(Function<List<Follower>, T> question) {
        var answer = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                answer.complete(question.apply(followers));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        loop.wakeup();
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Waits until something is so for each of them. */
    public void await(String what, Duration limit, Predicate<Follower> each) {
        Await.until(what, limit, () -> others(each), List::isEmpty);
    }

    /** Waits until each has seen the event of this number, or a later one. */
    public void awaitNumber(long number, Duration limit) {
        await("number " + number, limit, follower -> follower.check().last() >= number);
    }

    /** Some of those for whom it is not so. */
    public List<String> others(Predicate<Follower> each) {
        return ask(all -> all.stream()
                .filter(each.negate())
                .limit(5)
                .map(Follower::toString)
                .toList());
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        loop.wakeup();
        thread.join();
    }
}
