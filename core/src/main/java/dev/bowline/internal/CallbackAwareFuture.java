package dev.bowline.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that can't be joined on a callback thread, and neither can those derived from it (rule F4): the thread that
 * would complete it may be the one that waits, so it throws where others hang.
 */
public final class CallbackAwareFuture<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallbackAwareFuture<>();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseCallbackThread();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseCallbackThread();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        refuseCallbackThread();
        return super.join();
    }

    private void refuseCallbackThread() {
        if (!isDone() && CallbackThread.isCurrent()) {
            throw new IllegalStateException(
                    "waiting for this future on a callback thread would hang; use thenAccept or whenComplete instead");
        }
    }
}
