package org.vrrpd.daemon.runtime;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.vrrpd.daemon.linux.EventFd;
import org.vrrpd.proto.core.CoreView;

/** Asks the protocol thread itself how things stand, for when the journal thread cannot tell. */
public final class ViewRequests {

    private final Queue<CompletableFuture<CoreView>> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final EventFd wakeUp;
    private final Supplier<CoreView> view;

    public ViewRequests(EventFd wakeUp, Supplier<CoreView> view) {
        this.wakeUp = wakeUp;
        this.view = view;
    }

    /** Any thread. The protocol thread completes it: work on the view belongs to an executor. */
    public CompletableFuture<CoreView> ask() {
        CompletableFuture<CoreView> answer = new CompletableFuture<>();
        waiting.add(answer);
        wakeUp.signal();
        return answer;
    }

    /**
     * The same, and then this, on the protocol thread and before it takes the next command: nothing comes between what
     * is seen and a command that is submitted here. It must return at once.
     */
    public CompletableFuture<CoreView> askAndThen(Runnable next) {
        CompletableFuture<CoreView> answer = new CompletableFuture<>();
        CompletableFuture<CoreView> followed = answer.whenComplete((view, failure) -> next.run());
        waiting.add(answer);
        wakeUp.signal();
        return followed;
    }

    /** Any thread. Runs it on the protocol thread: it must return at once. */
    public void ping(Runnable question) {
        questions.add(question);
        wakeUp.signal();
    }

    void answer() {
        for (Runnable next = questions.poll(); next != null; next = questions.poll()) {
            next.run();
        }
        for (CompletableFuture<CoreView> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.complete(view.get());
        }
    }
}
