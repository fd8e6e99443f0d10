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
}
