package dev.siaran.internal.http;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Virtual threads, which the compiler does not know: the library is compiled for Java 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Makes named threads: virtual ones where the runtime has them, else daemons. */
    static ThreadFactory orPlatformThreads(String prefix) {
        return factory(prefix).orElseGet(() -> platformThreads(prefix));
    }

    /** Makes named daemons. */
    static ThreadFactory platformThreads(String prefix) {
        var number = new AtomicLong();
        return task -> {
            var thread = new Thread(task, prefix + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Empty before Java 21. */
    private static Optional<ThreadFactory> factory(String prefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 0L);
            Method factory = type.getMethod("factory");
            return Optional.of((ThreadFactory) factory.invoke(named));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
