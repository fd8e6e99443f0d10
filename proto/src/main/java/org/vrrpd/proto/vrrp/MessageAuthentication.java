package org.vrrpd.proto.vrrp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * How messages of version 2 show that they come from who knows the password (RFC 2338 section 5.3.6): not at all, by
 * the password itself, or by an {@link AuthenticationHeader}.
 *
 * <p>What the header signs is what keepalived signs: TOS, flags, fragment offset and checksum of the IP header count
 * as zero, and the TTL too, but only of unicast (RFC 2402 would have it zero always); then the header with a check
 * value of zero; then the message.
 *
 * <p>Signing and checking with the header allocate a little. Not for use by several threads.
 */
public final class MessageAuthentication {

    public static final int TYPE_NONE = 0;
    public static final int TYPE_PASSWORD = 1;
    public static final int TYPE_HEADER = 2;
    public static final MessageAuthentication NONE = new MessageAuthentication(TYPE_NONE, new byte[0]);

    private static final int PASSWORD_BYTES = 8;
    private static final int HMAC_BLOCK_BYTES = 64;

    private final int type;
    private final long password;
    private final byte[] innerKey = new byte[HMAC_BLOCK_BYTES];
    private final byte[] outerKey = new byte[HMAC_BLOCK_BYTES];
    /** Null: nothing to be computed. */
    private final MessageDigest digest;

    private MessageAuthentication(int type, byte[] key) {
        this.type = type;
        this.password = ByteBuffer.allocate(PASSWORD_BYTES).put(key).getLong(0);
        Arrays.fill(innerKey, (byte) 0x36);
        Arrays.fill(outerKey, (byte) 0x5C);
        for (int i = 0; i < key.length; i++) {
            innerKey[i] ^= key[i];
            outerKey[i] ^= key[i];
        }
        digest = type == TYPE_HEADER ? newDigest() : null;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected a JVM with MD5, which VRRP's AH needs, but found none", e);
        }
    }

    /** @param type one of the above; of the password, eight bytes count, and a shorter one is padded with zeros */
    public static MessageAuthentication of(int type, String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return new MessageAuthentication(type, Arrays.copyOf(bytes, Math.min(PASSWORD_BYTES, bytes.length)));
    }

    public int type() {
        return type;
    }

    /** True when an {@link AuthenticationHeader} goes before the message. */
    public boolean hasHeader() {
        return type == TYPE_HEADER;
    }

    /** What stands behind the addresses of a message: eight bytes. */
    long data() {
        return type == TYPE_PASSWORD ? password : 0;
    }

    /** Compares all eight bytes at once: how long it takes says nothing about where they differ. */
    public boolean knowsPassword(Advertisement advertisement) {
        return advertisement.authenticationData() == password;
    }

    /** The check value of the header is right. */
    public boolean hasSigned(Advertisement advertisement) {
        byte[] computed = checkValue(advertisement.buffer(), advertisement.packetOffset(),
                advertisement.packetLength(), advertisement.authenticationHeader());
        int at = advertisement.authenticationHeader() + AuthenticationHeader.CHECK_VALUE;
        int difference = 0;
        for (int i = 0; i < AuthenticationHeader.CHECK_VALUE_BYTES; i++) {
            difference |= computed[i] ^ advertisement.buffer().get(at + i); // all of them, wherever the first differs
        }
        return difference == 0;
    }

    /** Writes the check value into a packet that is complete otherwise. */
    void sign(ByteBuffer out, int packet, int length, int header) {
        byte[] computed = checkValue(out, packet, length, header);
        out.put(header + AuthenticationHeader.CHECK_VALUE, computed, 0, AuthenticationHeader.CHECK_VALUE_BYTES);
    }

    private byte[] checkValue(ByteBuffer buffer, int packet, int length, int header) {
        byte[] bytes = new byte[length];
        buffer.get(packet, bytes);
        boolean multicast = (bytes[Ipv4Header.DESTINATION] & 0xF0) == 0xE0;
        bytes[Ipv4Header.TYPE_OF_SERVICE] = 0;
        bytes[Ipv4Header.FRAGMENT] = 0;
        bytes[Ipv4Header.FRAGMENT + 1] = 0;
        bytes[Ipv4Header.TIME_TO_LIVE] = multicast ? bytes[Ipv4Header.TIME_TO_LIVE] : 0;
        bytes[Ipv4Header.CHECKSUM] = 0;
        bytes[Ipv4Header.CHECKSUM + 1] = 0;
        int value = header - packet + AuthenticationHeader.CHECK_VALUE;
        Arrays.fill(bytes, value, value + AuthenticationHeader.CHECK_VALUE_BYTES, (byte) 0);
        digest.update(innerKey);
        byte[] inner = digest.digest(bytes);
        digest.update(outerKey);
        return digest.digest(inner);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "MessageAuthentication[type=" + type + "]";
    }
}
