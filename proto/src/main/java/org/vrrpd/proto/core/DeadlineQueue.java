package org.vrrpd.proto.core;

import java.util.Arrays;

/** The earliest of many deadlines: a binary heap of slots, updated in place, without allocating. */
final class DeadlineQueue {

    private long[] deadlines = new long[0];
    private int[] heap = new int[0];
    private int[] position = new int[0];

    /** Forgets everything; every slot waits for ever. */
    void reset(int slots) {
        deadlines = new long[slots];
        heap = new int[slots];
        position = new int[slots];
        Arrays.fill(deadlines, Moment.NEVER);
        for (int i = 0; i < slots; i++) {
            heap[i] = i;
            position[i] = i;
        }
    }

    void update(int slot, long deadline) {
        long former = deadlines[slot];
        deadlines[slot] = deadline;
        if (deadline < former) {
            up(position[slot]);
        } else if (deadline > former) {
            down(position[slot]);
        }
    }

    /** NEVER when nothing waits. */
    long earliest() {
        return heap.length == 0 ? Moment.NEVER : deadlines[heap[0]];
    }

    int earliestSlot() {
        return heap[0];
    }

    private void up(int start) {
        int at = start;
        while (at > 0 && isBefore(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down(int start) {
        int at = start;
        while (true) {
            int child = 2 * at + 1;
            if (child >= heap.length) {
                return;
            }
            if (child + 1 < heap.length && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    /** Equal deadlines are served in the order of their slots, so that replay does the same. */
    private boolean isBefore(int a, int b) {
        int slotA = heap[a];
        int slotB = heap[b];
        return deadlines[slotA] < deadlines[slotB] || deadlines[slotA] == deadlines[slotB] && slotA < slotB;
    }

    private void swap(int a, int b) {
        int slot = heap[a];
        heap[a] = heap[b];
        heap[b] = slot;
        position[heap[a]] = a;
        position[heap[b]] = b;
    }
}
