package org.vrrpd.daemon.output;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.vrrpd.proto.narrate.LogEntry;

/** An entry in journald's native protocol: {@code NAME=value} lines; values with line feeds with their length. */
final class JournaldMessage {

    static final String IDENTIFIER = "vrrpd";

    private JournaldMessage() {}

    static ByteBuffer of(LogEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        put(out, "MESSAGE", entry.message());
        put(out, "PRIORITY", Integer.toString(entry.level().number()));
        put(out, "SYSLOG_IDENTIFIER", IDENTIFIER);
        if (!entry.messageId().isEmpty()) {
            put(out, "MESSAGE_ID", entry.messageId());
        }
        entry.fields().forEach(field -> put(out, field.name(), field.value()));
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static void put(ByteArrayOutputStream out, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            out.write('=');
        } else {
            out.write('\n');
            out.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length).array());
        }
        out.writeBytes(bytes);
        out.write('\n');
    }
}
