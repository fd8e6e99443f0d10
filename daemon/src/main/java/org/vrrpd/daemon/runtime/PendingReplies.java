package org.vrrpd.daemon.runtime;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.vrrpd.daemon.control.CommandSink.Reply;
import org.vrrpd.daemon.output.Replies;

/** The requests that the core has still to answer. */
public final class PendingReplies implements Replies {

    static final long PATIENCE_SECONDS = 10;

    private final Executor worker;
    private final AtomicLong nextRequest = new AtomicLong(1);
    private final Map<Long, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();

    /**
     * A request with a number of its own.
     *
     * @param reply completes when the core has answered, or says that it did not
     */
    record Request(long id, CompletableFuture<Reply> reply) {}

    /** @param worker goes on with what waits for an answer */
    public PendingReplies(Executor worker) {
        this.worker = worker;
    }

    Request begin() {
        long id = nextRequest.getAndIncrement();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        pending.put(id, answer);
        return new Request(id, answer.completeOnTimeout(
                new Reply(false, "no answer within " + PATIENCE_SECONDS + " s"), PATIENCE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((reply, failure) -> pending.remove(id)));
    }

    /** The core's answer, on the protocol thread: whoever waits for it goes on elsewhere. */
    @Override
    public void reply(long requestId, boolean done, String text) {
        CompletableFuture<Reply> answer = pending.get(requestId);
        if (answer != null) {
            worker.execute(() -> answer.complete(new Reply(done, text)));
        }
    }
}
