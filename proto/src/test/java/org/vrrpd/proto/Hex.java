package org.vrrpd.proto;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Buffers of exactly the given bytes, so that reading one byte too many throws. */
public final class Hex {

    private Hex() {}

    public static ByteBuffer buffer(String... parts) {
        return ByteBuffer.wrap(bytes(parts));
    }

    public static byte[] bytes(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }

    public static String text(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes behind {@code before} others that are all ones, ending where the buffer ends. */
    public static ByteBuffer behind(int before, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(before + bytes.length);
        for (int i = 0; i < before; i++) {
            buffer.put(i, (byte) -1);
        }
        return buffer.put(before, bytes);
    }
}
