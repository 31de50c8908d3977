package dev.siaran.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Predicate;

/** A response whose client takes nothing until the test lets it: writes wait, deaf to interrupts, as Open Liberty's do. */
final class WaitingResponse extends ServletOutputStream {

    private boolean taking;
    private boolean broken;
    private boolean waiting;
    private boolean completed;
    private boolean completedWhileWriting;
    private int written;
    private int breaks;

    /** The asynchronous context, of which only the end matters. */
    AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        complete();
                    }
                    return null;
                });
    }

    private synchronized void complete() {
        completedWhileWriting |= waiting;
        completed = true;
        notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        waiting = true;
        notifyAll();
        while (!taking && !broken) {
            try {
                wait();
            } catch (InterruptedException e) {
                // As Open Liberty does
            }
        }
        waiting = false;
        if (broken) {
            throw new IOException("broken off");
        }
        written += length;
        notifyAll();
    }

    synchronized void take() {
        taking = true;
        notifyAll();
    }

    /** Breaks off the write at the second attempt only. */
    synchronized void breakOff() {
        breaks++;
        broken = breaks > 1;
        notifyAll();
    }

    WaitingResponse awaitWaiting() {
        return await(self -> self.waiting);
    }

    WaitingResponse awaitWritten(int count) {
        return await(self -> self.written == count);
    }

    WaitingResponse awaitCompleted() {
        return await(self -> self.completed);
    }

    synchronized boolean isCompleted() {
        return completed;
    }

    synchronized boolean wasCompletedWhileWriting() {
        return completedWhileWriting;
    }

    private synchronized WaitingResponse await(Predicate<WaitingResponse> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within 10 s");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return this;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }
}
