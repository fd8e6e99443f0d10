package org.vrrpd.daemon.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.vrrpd.daemon.control.CommandSink;

/** Gives each command to the one that carries it out. */
public final class CommandDispatcher implements CommandSink {

    private final Map<String, CommandSink> sinks;

    /** @param sinks by the verb */
    public CommandDispatcher(Map<String, CommandSink> sinks) {
        this.sinks = new TreeMap<>(sinks);
    }

    @Override
    public CompletableFuture<Reply> submit(Command command) {
        CommandSink sink = sinks.get(command.verb());
        return sink != null ? sink.submit(command) : CompletableFuture.completedFuture(new Reply(
                false, "Expected a command of " + sinks.keySet() + ", but found " + command.verb()));
    }
}
