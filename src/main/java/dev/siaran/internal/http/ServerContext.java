package dev.siaran.internal.http;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The naming and security context of a request, carried to another thread by Jakarta Concurrency where a server has it. */
@FunctionalInterface
interface ServerContext {

    /** Captures the context of this thread: what the returned executor runs, it runs at once and within it. */
    Executor capture();

    /** The server's default context service; without one, nothing is carried. */
    static ServerContext ofServer() {
        try {
            return Concurrency.lookUp();
        } catch (NamingException | LinkageError | RuntimeException absent) {
            return () -> Runnable::run;
        }
    }

    /** Kept apart, so that nothing of Jakarta Concurrency is loaded where it is absent. */
    final class Concurrency {

        private Concurrency() {}

        @SuppressWarnings("BanJNDI") // a constant name
        static ServerContext lookUp() throws NamingException {
            var service = (ContextService) new InitialContext().lookup("java:comp/DefaultContextService");
            return () -> service.createContextualProxy((Executor) Runnable::run, Executor.class);
        }
    }
}
