package dev.siaran.it.app;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Runs tasks on the server's threads, or on plain ones where the server has none to offer. */
@ApplicationScoped
public class Background {

    /** Runs a task soon. */
    public void run(Runnable task) {
        executor().execute(task);
    }

    private static Executor executor() {
        try {
            return InitialContext.<ManagedExecutorService>doLookup("java:comp/DefaultManagedExecutorService");
        } catch (NamingException | LinkageError embedded) {
            return task -> new Thread(task, "app-background").start();
        }
    }
}
