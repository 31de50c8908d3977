package dev.siaran.internal.http;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Virtual threads, which the compiler does not know: the library is compiled for Java 17. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Makes named virtual threads; empty before Java 21. */
    static Optional<ThreadFactory> factory(String prefix) {
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
