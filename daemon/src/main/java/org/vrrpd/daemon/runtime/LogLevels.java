package org.vrrpd.daemon.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.vrrpd.daemon.control.CommandSink;
import org.vrrpd.daemon.input.CommandQueue;
import org.vrrpd.daemon.input.ConfigurationEvents;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.event.EventKind;

/**
 * The command log-level. Setting it goes the way of everything that changes the daemon, so that the journal knows who
 * did; which level is in force only the log itself knows.
 */
public final class LogLevels implements CommandSink {

    private final Supplier<LogLevel> inForce;
    private final CommandQueue commands;
    private final PendingReplies replies;

    public LogLevels(Supplier<LogLevel> inForce, CommandQueue commands, PendingReplies replies) {
        this.inForce = inForce;
        this.commands = commands;
        this.replies = replies;
    }

    /** The argument is the level to set; empty: only tell. The answer is the word of the level. */
    @Override
    public CompletableFuture<Reply> submit(Command command) {
        if (command.argument().isEmpty()) {
            return CompletableFuture.completedFuture(new Reply(true, inForce.get().word()));
        }
        PendingReplies.Request request = replies.begin();
        commands.submit(EventKind.CONTROL_REQUESTED, ConfigurationEvents.requested(
                request.id(), command.uid(), command.pid(), command.verb(), command.argument()));
        return request.reply();
    }
}
