package org.vrrpd.daemon.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.narrate.LogEntry;
import org.vrrpd.proto.narrate.LogLines;

/** Against a datagram socket as journald has one. */
class JournaldOutputTest {

    private static final List<LogEntry> TRANSITION = LogLines.of(new Reports.Transition(
            "VI_1", RouterState.BACKUP, RouterState.MASTER, 58, Cause.MASTER_DOWN, "", ""), 58);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StreamOutput stderr =
            new StreamOutput(new PrintStream(bytes, false, StandardCharsets.UTF_8), true);

    private String onStderr() {
        stderr.flush();
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private Path socket() {
        return directory.resolve("socket");
    }

    private UnixDatagramChannel journald() throws IOException {
        UnixDatagramChannel channel = UnixDatagramChannel.open();
        channel.bind(new UnixSocketAddress(socket().toString()));
        channel.configureBlocking(false);
        return channel;
    }

    /** Null: nothing waits, which the library throws. */
    private static byte[] receive(UnixDatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
        try {
            channel.receive(buffer);
        } catch (IOException e) {
            return null;
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static List<String> messages(UnixDatagramChannel channel) {
        List<String> messages = new ArrayList<>();
        for (byte[] each = receive(channel); each != null; each = receive(channel)) {
            messages.add(new String(each, StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
        }
        return messages;
    }

    private static LogEntry line(String text) {
        return LogEntry.of(LogLevel.INFO, text);
    }

    @Test
    @DisplayName("a transition, byte for byte")
    void transition() throws IOException {
        try (UnixDatagramChannel journald = journald()) {
            new JournaldOutput(stderr, socket().toString()).write(TRANSITION.get(0));
            assertEquals("""
                    MESSAGE=(VI_1) BACKUP -> MASTER, because of #58 no advertisement for a Master_Down_Interval
                    PRIORITY=5
                    SYSLOG_IDENTIFIER=vrrpd
                    MESSAGE_ID=382bd95646174b9899f83177e14094de
                    VRRPD_INSTANCE=VI_1
                    VRRPD_STATE=MASTER
                    VRRPD_FROM_STATE=BACKUP
                    VRRPD_CAUSE=no advertisement for a Master_Down_Interval
                    VRRPD_CAUSE_SEQUENCE=58
                    VRRPD_SEQUENCE=58
                    """, new String(receive(journald), StandardCharsets.UTF_8));
            assertEquals("", onStderr());
        }
    }

    @Test
    @DisplayName("a value with line feeds has its length in front, 64 bits little-endian, and any bytes in it")
    void valueWithLineFeeds() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes("MESSAGE\n".getBytes(StandardCharsets.UTF_8));
        expected.writeBytes(new byte[] {19, 0, 0, 0, 0, 0, 0, 0});
        expected.writeBytes("a:1: bad\nb:2: wörs\nPRIORITY=3\nSYSLOG_IDENTIFIER=vrrpd\n"
                .getBytes(StandardCharsets.UTF_8));
        ByteBuffer message = JournaldMessage.of(LogEntry.of(LogLevel.ERROR, "a:1: bad\nb:2: wörs"));
        byte[] actual = new byte[message.remaining()];
        message.get(actual);
        assertArrayEquals(expected.toByteArray(), actual);
    }

    @Test
    @DisplayName("before the first state is known nothing is loaded: lines go to stderr, with their level")
    void firstLinesGoToStderr() throws IOException {
        try (UnixDatagramChannel journald = journald()) {
            JournaldOutput output = new JournaldOutput(stderr, socket().toString());
            output.write(LogEntry.of(LogLevel.WARNING, "one\ntwo"));
            assertEquals("<4>one\n<4>two\n", onStderr());
            output.write(TRANSITION.get(0));
            output.write(line("three"));
            assertEquals(List.of("MESSAGE=" + TRANSITION.get(0).message(), "MESSAGE=three"), messages(journald));
            assertEquals("", onStderr());
        }
    }

    @Test
    @DisplayName("journald is gone: stderr; it is back: entries again, and how many had no fields")
    void comesBack() throws IOException {
        JournaldOutput output = new JournaldOutput(stderr, socket().toString());
        TRANSITION.forEach(output::write);
        assertEquals("<5>" + TRANSITION.get(0).message() + "\n<5>(VI_1) Entering MASTER STATE\n", onStderr());
        try (UnixDatagramChannel journald = journald()) {
            output.write(line("three"));
            List<String> messages = messages(journald);
            assertEquals("MESSAGE=three", messages.get(0));
            assertTrue(messages.get(1).startsWith("MESSAGE=2 entries went to stderr and have no fields: "),
                    messages.get(1));
        }
        Files.delete(socket());
        output.write(line("four"));
        assertEquals("<6>four\n", onStderr());
    }

    @Test
    @DisplayName("an entry that is too long for a datagram goes to stderr, and the next to journald")
    void tooLong() throws IOException {
        try (UnixDatagramChannel journald = journald()) {
            JournaldOutput output = new JournaldOutput(stderr, socket().toString());
            output.write(TRANSITION.get(0));
            String text = "x".repeat(8 * 1024 * 1024);
            output.write(line(text));
            assertEquals("<6>" + text + "\n", onStderr());
            output.write(line("short"));
            List<String> messages = messages(journald);
            assertEquals("MESSAGE=short", messages.get(1));
            assertTrue(messages.get(2).startsWith("MESSAGE=1 entry went to stderr"), messages.get(2));
        }
    }

    @Test
    @DisplayName("a journald that reads nothing costs one wait and not one for each entry")
    void fullQueue() throws IOException {
        try (UnixDatagramChannel journald = journald()) {
            JournaldOutput output = new JournaldOutput(stderr, socket().toString());
            output.write(TRANSITION.get(0));
            long begun = System.nanoTime();
            int entries = 5000;
            for (int i = 0; i < entries; i++) {
                output.write(line("entry " + i));
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertTrue(millis < 5000, () -> millis + " ms");
            int inJournald = messages(journald).size() - 1;
            long inStderr = onStderr().lines().count();
            assertTrue(inStderr > 0, "the queue was never full");
            assertEquals(entries, inJournald + inStderr);
            output.write(line("again"));
            assertEquals("MESSAGE=again", messages(journald).get(0));
        }
    }

    @Test
    @DisplayName("stderr is the journal when JOURNAL_STREAM names its device and inode, and only then")
    void journalStream() throws IOException {
        Path stream = Files.createFile(directory.resolve("stream"));
        Path other = Files.createFile(directory.resolve("other"));
        String named = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
        assertTrue(JournaldStream.isNamed(named, stream));
        assertFalse(JournaldStream.isNamed(named, other), "inherited, but stderr was redirected");
        assertFalse(JournaldStream.isNamed(null, stream));
        assertFalse(JournaldStream.isNamed("", stream));
        assertFalse(JournaldStream.isNamed(named, directory.resolve("missing")));
    }
}
