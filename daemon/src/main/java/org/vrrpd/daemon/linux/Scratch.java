package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Native memory of the calling thread for the arguments of one call. It is used again by the thread's next call: direct
 * buffers that are thrown away pile up until the next garbage collection, which can be hours away.
 */
final class Scratch {

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);
    private static final int LEAST_BYTES = 4096;
    private static final int POINTER_BYTES = 8;

    private NativeMemory memory = NativeMemory.allocate(LEAST_BYTES);
    private int used;

    private Scratch() {}

    /** Room for so many bytes. What the thread had there before is lost. */
    static Scratch ofBytes(int bytes) {
        Scratch scratch = OF_THREAD.get();
        if (scratch.memory.bytes().capacity() < bytes) {
            scratch.memory = NativeMemory.allocate(Integer.highestOneBit(bytes) << 1);
        }
        scratch.used = 0;
        return scratch;
    }

    /** The address of a text as C has it: for a call that has no other memory. */
    static long ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ofBytes(sizeOf(bytes)).place(bytes);
    }

    static int sizeOf(byte[] text) {
        return aligned(text.length + 1);
    }

    static int sizeOf(List<byte[]> texts) {
        return (texts.size() + 1) * POINTER_BYTES + texts.stream().mapToInt(Scratch::sizeOf).sum();
    }

    private static int aligned(int bytes) {
        return bytes + POINTER_BYTES - 1 & -POINTER_BYTES;
    }

    /** Zeros; returns their address. */
    long reserve(int bytes) {
        int at = used;
        used += aligned(bytes);
        for (int i = at; i < used; i += POINTER_BYTES) {
            memory.bytes().putLong(i, 0);
        }
        return memory.address() + at;
    }

    /** With a zero byte behind it; returns its address. */
    long place(byte[] text) {
        long address = reserve(text.length + 1);
        memory.bytes().put(offset(address), text);
        return address;
    }

    /** An array of pointers to the texts, with a null pointer behind the last; returns its address. */
    long place(List<byte[]> texts) {
        long vector = reserve((texts.size() + 1) * POINTER_BYTES);
        for (int i = 0; i < texts.size(); i++) {
            memory.bytes().putLong(offset(vector) + i * POINTER_BYTES, place(texts.get(i)));
        }
        return vector;
    }

    int intAt(long address) {
        return memory.bytes().getInt(offset(address));
    }

    long longAt(long address) {
        return memory.bytes().getLong(offset(address));
    }

    ByteBuffer bytes() {
        return memory.bytes();
    }

    int offset(long address) {
        return (int) (address - memory.address());
    }
}
