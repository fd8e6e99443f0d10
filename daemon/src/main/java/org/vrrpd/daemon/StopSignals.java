package org.vrrpd.daemon;

import java.util.function.IntConsumer;
import org.vrrpd.daemon.input.Signals;

/**
 * SIGTERM, SIGINT and SIGHUP from the first instruction on. As long as nothing is held the first two end the process at
 * once; while the daemon is put together all are remembered; then they are events.
 */
final class StopSignals {

    private static final int NONE = 0;

    private IntConsumer receiver = signal -> Runtime.getRuntime().halt(0);
    private int remembered = NONE;
    private boolean reloadRemembered;
    private Runnable reloader = () -> reloadRemembered = true;

    void install() {
        Signals.handle("TERM", this::received);
        Signals.handle("INT", this::received);
        Signals.handle("HUP", this::reloadRequested);
    }

    /** SIGHUP: unhandled it would end the process. */
    synchronized void reloadRequested(int signal) {
        reloader.run();
    }

    /** From now on SIGHUP reloads; at once when one came before. */
    synchronized void passReloadTo(Runnable reloading) {
        reloader = reloading;
        if (reloadRemembered) {
            reloading.run();
        }
    }

    /** From now on there is something to release first. */
    synchronized void remember() {
        receiver = signal -> remembered = signal;
    }

    /** Whoever can release it; called at once with a signal that came before. */
    synchronized void passTo(IntConsumer releasing) {
        receiver = releasing;
        if (remembered != NONE) {
            releasing.accept(remembered);
        }
    }

    synchronized void received(int signal) {
        receiver.accept(signal);
    }
}
