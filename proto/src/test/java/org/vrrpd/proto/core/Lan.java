package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.simulation.ModelKernel;
import org.vrrpd.proto.simulation.Recorded;
import org.vrrpd.proto.simulation.WirePacket;

/** Several cores on one link under one clock: an advertisement of one arrives at once at all others. */
public final class Lan {

    public final List<CoreFixture> cores = new ArrayList<>();
    /** Nothing gets through. */
    public boolean cut;

    public Lan(int size) {
        for (int i = 0; i < size; i++) {
            CoreFixture core = new CoreFixture();
            core.wire = frame -> deliver(core, frame);
            cores.add(core);
        }
    }

    private void deliver(CoreFixture sender, Recorded frame) {
        boolean leaves = sender.kernel.links.get(frame.interfaceIndex()).carrier;
        if (cut || !leaves || !frame.is(EffectKind.SEND_ADVERTISEMENT)) {
            return;
        }
        for (CoreFixture core : cores) {
            ModelKernel.Link eth0 = core.kernel.byName("eth0");
            if (core != sender && eth0 != null && eth0.isRunning()) {
                core.arrived(WirePacket.ofFrame(frame.frame()), eth0);
            }
        }
    }

    /** Deadlines and packets in the order of their times, on all cores. */
    public void advance(long nanos) {
        long to = cores.get(0).now + nanos;
        while (true) {
            long next = to;
            for (CoreFixture core : cores) {
                core.pump();
            }
            for (CoreFixture core : cores) {
                next = Math.min(next, core.isWaiting() ? core.now : core.processor.core().nextDeadlineNanos());
            }
            boolean idle = true;
            for (CoreFixture core : cores) {
                long before = core.now;
                idle &= !core.isWaiting() && core.processor.core().nextDeadlineNanos() > next;
                core.advanceTo(Math.max(next, before));
            }
            if (idle && next >= to) {
                return;
            }
        }
    }
}
