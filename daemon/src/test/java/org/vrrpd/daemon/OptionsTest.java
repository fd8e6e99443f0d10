package org.vrrpd.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.effect.LogLevel;

class OptionsTest {

    @Test
    void hasTheUsualPlaces() {
        Options options = Options.parse(List.of());
        assertEquals(Path.of("/etc/vrrpd/vrrpd.conf"), options.config());
        assertEquals(Path.of("/run/vrrpd/control.sock"), options.control());
        assertEquals(Path.of("/var/lib/vrrpd/journal"), options.journal());
        assertEquals(Path.of("/run/vrrpd/vrrpd.pid"), options.pid());
    }

    @Test
    void thePidFileIsBesideTheControlSocketUnlessItIsNamed() {
        assertEquals(Path.of("/run/x/vrrpd.pid"), Options.parse(List.of("--control", "/run/x/c.sock")).pid());
        assertEquals(Path.of("/run/k.pid"), Options.parse(List.of("--pid", "/run/k.pid")).pid());
    }

    @Test
    void asksForTheNumberOfASignal() {
        assertEquals("JSON", Options.parse(List.of("--signum=JSON")).signum());
        assertEquals("", Options.parse(List.of()).signum());
    }

    @Test
    void theLogLevelIsAWord() {
        assertEquals(LogLevel.INFO, Options.parse(List.of()).logLevel());
        assertEquals(LogLevel.DEBUG, Options.parse(List.of("--log-level=debug")).logLevel());
        assertSays("Expected error, warning, notice, info or debug behind --log-level, but found 7", "--log-level=7");
        assertSays("Expected an option, but found -D", "-D"); // keepalived's, which would mean something else
    }

    @Test
    void takesValuesBehindASpaceOrAnEqualsSign() {
        Options options = Options.parse(List.of("-f", "a.conf", "--control=c.sock", "--journal", "j", "-i", "x=y"));
        assertEquals(Path.of("a.conf"), options.config());
        assertEquals(Path.of("c.sock"), options.control());
        assertEquals(Path.of("j"), options.journal());
        assertEquals("x=y", options.configId());
    }

    @Test
    void checkNamesTheFile() {
        Options options = Options.parse(List.of("--check", "b.conf"));
        assertTrue(options.check());
        assertEquals(Path.of("b.conf"), options.config());
        assertFalse(options.print());
        assertTrue(Options.parse(List.of("--print", "--check", "b.conf")).print());
        assertSays("Expected --check FILE with --print, but found none", "--print");
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        assertSays("Expected an option, but found --nope", "--nope");
        assertSays("Expected an option, but found x", "x");
        assertSays("Expected a value behind --journal, but found nothing", "--journal");
        assertSays("Expected --version without a value, but found --version=1", "--version=1");
    }

    private static void assertSays(String message, String... words) {
        assertEquals(message,
                assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of(words))).getMessage());
    }
}
