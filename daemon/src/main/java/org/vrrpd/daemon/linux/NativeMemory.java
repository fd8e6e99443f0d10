package org.vrrpd.daemon.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that the kernel can be shown: a direct buffer in the machine's byte order, and where it lies. */
final class NativeMemory {

    private final ByteBuffer bytes;
    private final long address;

    private NativeMemory(ByteBuffer bytes) {
        this.bytes = bytes;
        this.address = addressOf(bytes);
    }

    static NativeMemory allocate(int length) {
        return new NativeMemory(ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder()));
    }

    /** The address of byte 0. Valid only as long as the buffer is reachable: whoever keeps one keeps the other. */
    static long addressOf(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    long address() {
        return address;
    }
}
