package org.vrrpd.daemon.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Which build this is, and which boot of the machine it runs in. */
public final class BuildId {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int BOOT_ID_BYTES = 64;
    private static final String RESOURCE = "/org/vrrpd/proto/build.properties";

    private BuildId() {}

    /** Such as 0.1.0+3f2c1a9. */
    public static String text() {
        try (InputStream in = BuildId.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("build", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the kernel does not tell. */
    public static String bootId() {
        // with one read: /proc/sys has nothing more to say at an offset, and Files begins with a single byte
        try (InputStream in = Files.newInputStream(BOOT_ID)) {
            byte[] bytes = new byte[BOOT_ID_BYTES];
            int length = Math.max(0, in.read(bytes));
            return new String(bytes, 0, length, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
