package org.vrrpd.daemon.linux;

/** An array of struct mmsghdr, each with one iovec. A single one serves as struct msghdr, which it begins with. */
final class MessageHeader {

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int RECEIVED = 56;
    private static final int BYTES = 64;
    private static final int VECTOR_BYTES = 16;

    private final NativeMemory headers;
    private final NativeMemory vectors;

    MessageHeader(int count) {
        headers = NativeMemory.allocate(count * BYTES);
        vectors = NativeMemory.allocate(count * VECTOR_BYTES);
        for (int i = 0; i < count; i++) {
            headers.bytes().putLong(i * BYTES + VECTOR, vectors.address() + i * VECTOR_BYTES);
            headers.bytes().putLong(i * BYTES + VECTOR_COUNT, 1);
        }
    }

    long address(int index) {
        return headers.address() + index * BYTES;
    }

    void data(int index, long address, long length) {
        vectors.bytes().putLong(index * VECTOR_BYTES, address);
        vectors.bytes().putLong(index * VECTOR_BYTES + 8, length);
    }

    /** Before every receive: the kernel overwrites the length. */
    void name(int index, long address, int length) {
        headers.bytes().putLong(index * BYTES + NAME, address);
        headers.bytes().putInt(index * BYTES + NAME_LENGTH, length);
    }

    /** Before every receive: the kernel overwrites the length. */
    void control(int index, long address, long length) {
        headers.bytes().putLong(index * BYTES + CONTROL, address);
        headers.bytes().putLong(index * BYTES + CONTROL_LENGTH, length);
    }

    int controlLength(int index) {
        return (int) headers.bytes().getLong(index * BYTES + CONTROL_LENGTH);
    }

    int flags(int index) {
        return headers.bytes().getInt(index * BYTES + FLAGS);
    }

    /** How many bytes recvmmsg has put into message {@code index}. */
    int received(int index) {
        return headers.bytes().getInt(index * BYTES + RECEIVED);
    }
}
