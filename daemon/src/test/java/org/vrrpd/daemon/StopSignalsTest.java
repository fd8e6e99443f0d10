package org.vrrpd.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final StopSignals signals = new StopSignals();
    private final List<Integer> received = new ArrayList<>();

    @Test
    void aSignalBeforeThereIsAnybodyToReleaseIsPassedOnLater() {
        signals.remember();
        signals.received(15);
        signals.passTo(received::add);
        assertEquals(List.of(15), received);
    }

    @Test
    void aSignalAfterThatIsPassedOnAtOnce() {
        signals.remember();
        signals.passTo(received::add);
        assertEquals(List.of(), received);
        signals.received(2);
        signals.received(15);
        assertEquals(List.of(2, 15), received);
    }

    @Test
    void aReloadAskedForTooEarlyComesLater() {
        List<String> reloads = new ArrayList<>();
        signals.reloadRequested(1);
        signals.passReloadTo(() -> reloads.add("reload"));
        assertEquals(List.of("reload"), reloads);
        signals.reloadRequested(1);
        assertEquals(List.of("reload", "reload"), reloads);
    }

    @Test
    void nothingIsReloadedUnasked() {
        signals.passReloadTo(() -> {
            throw new AssertionError("nobody asked");
        });
    }
}
