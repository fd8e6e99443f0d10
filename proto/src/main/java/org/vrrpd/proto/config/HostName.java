package org.vrrpd.proto.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The short name of this host: the default of what conditional lines compare with, and of router_id. */
public final class HostName {

    private static final String FILE = "/proc/sys/kernel/hostname";
    private static final int LONGEST = 256;

    private HostName() {}

    /** The name up to its first dot; "localhost" when the kernel does not tell it. */
    public static String shortName() {
        // in one read: files below /proc/sys give only what the first read takes
        try (FileInputStream file = new FileInputStream(FILE)) {
            byte[] bytes = new byte[LONGEST];
            int length = file.read(bytes);
            String name = new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII).strip();
            return name.isEmpty() ? "localhost" : name.split("\\.", 2)[0];
        } catch (IOException e) {
            return "localhost";
        }
    }
}
