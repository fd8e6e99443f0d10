package org.vrrpd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.vrrpd.system.Alignment.Row;
import org.vrrpd.system.Alignment.Verdict;
import org.vrrpd.system.Happening.Lane;
import org.vrrpd.system.WireReader.Sent;

/** The comparison itself: what differs it finds, and what is the same it does not take for a difference. */
class AlignmentTest {

    private static final long MS = 1_000_000L;

    private static Happening at(long millis, String text) {
        return Happening.of(millis * MS, Lane.WIRE, "51", text);
    }

    private static Alignment of(List<Happening> keepalived, List<Happening> vrrpd) {
        Alignment alignment = new Alignment(Duration.ofMillis(50));
        alignment.scene("stimulus", keepalived, 1000 * MS, vrrpd, 2000 * MS, 0);
        return alignment;
    }

    private static List<String> found(Alignment alignment) {
        return alignment.differences().stream().map(row -> row.verdict() + " " + row.either().text()).toList();
    }

    @Test
    @DisplayName("times count from each one's own mark, and within the tolerance they are the same")
    void sameStory() {
        assertEquals(List.of(), found(of(List.of(at(1010, "a"), at(1020, "b")),
                List.of(at(2055, "a"), at(2060, "b")))));
    }

    @Test
    @DisplayName("what comes too late differs in time alone")
    void lateness() {
        assertEquals(List.of("AT_ANOTHER_TIME b"),
                found(of(List.of(at(1010, "a"), at(1020, "b")), List.of(at(2010, "a"), at(2080, "b")))));
    }

    @Test
    @DisplayName("another order is a difference, however close the two are")
    void order() {
        List<String> found = found(of(List.of(at(1010, "advert"), at(1010, "address")),
                List.of(at(2010, "address"), at(2010, "advert"))));
        assertEquals(2, found.size(), found::toString);
    }

    @Test
    @DisplayName("what only one did is marked, the first of it most, and the rest stays side by side")
    void picture() {
        Alignment alignment = of(List.of(at(1010, "a"), at(1020, "gone"), at(1030, "c")),
                List.of(at(2010, "a"), at(2030, "c"), at(2040, "more")));
        assertEquals(List.of("ONLY_KEEPALIVED gone", "ONLY_VRRPD more"), found(alignment));
        List<String> lines = alignment.toString().lines().toList();
        assertEquals("           10.0        10.0  wire   a", lines.get(2));
        assertTrue(lines.get(3).startsWith(">>>") && lines.get(3).endsWith("gone   <- only keepalived"), lines.get(3));
        assertTrue(lines.get(5).startsWith(" > ") && lines.get(5).endsWith("more   <- only vrrpd"), lines.get(5));
    }

    @Test
    @DisplayName("a deliberate difference is explained by who, and by the whole of what")
    void deviations() {
        Row row = of(List.of(at(1010, "advert 51 priority 0")), List.of()).differences().get(0);
        assertTrue(Deviation.onlyKeepalived("advert .*").explains(row));
        assertEquals(Verdict.ONLY_KEEPALIVED, row.verdict());
        assertTrue(!Deviation.onlyKeepalived("advert").explains(row) && !Deviation.onlyVrrpd(".*").explains(row));
    }

    @Test
    @DisplayName("a deliberate difference that the page does not have is refused")
    void pageIsRead() {
        DifferencesPage.requireRow("Fault");
        assertThrows(AssertionError.class, () -> DifferencesPage.requireRow("Nobody wrote this"));
    }

    private static Sent advert(long millis) {
        return new Sent(millis * MS, false, "51", "51", "advert", 100 * MS);
    }

    private static List<String> story(Sent... frames) {
        return WireStory.of(List.of(frames), 1000 * MS).stream()
                .map(happening -> happening.time() / MS + " " + happening.text()).toList();
    }

    @Test
    @DisplayName("a steady stream is one happening, also when one of it is late; its end is another")
    void stream() {
        assertEquals(List.of("100 advert", "605 no more: advert"),
                story(advert(100), advert(201), advert(370), advert(405), advert(505)));
    }

    @Test
    @DisplayName("out of turn and after a silence are happenings of their own")
    void irregular() {
        assertEquals(List.of("100 advert", "125 advert, out of turn", "330 no more: advert", "900 advert, again"),
                story(advert(100), advert(125), advert(230), advert(900)));
    }

    @Test
    @DisplayName("announcements back to back are one set, in rounds where there are rounds")
    void sets() {
        Sent[] frames = Stream.of("1 A", "1 B", "1 A", "1 B", "200 A", "201 B", "202 B").map(word -> new Sent(
                Long.parseLong(word.split(" ")[0]) * MS, true, word.split(" ")[1], "51", "GARP", 0))
                .toArray(Sent[]::new);
        assertEquals(List.of("1 GARP A, GARP B: 2 rounds", "200 GARP A", "201 GARP B: 2 rounds"), story(frames));
    }

    @Test
    @DisplayName("a change of addresses stands where it was, and before the announcement that it allowed")
    void merging() {
        List<Happening> wire = List.of(at(100, "advert"), at(101, "GARP x"));
        LogLines.Line change = new LogLines.Line(102 * MS, "2: eth0    inet 10.1.0.51/24 scope global eth0\\ valid");
        List<String> merged = KernelStory.merge(wire, List.of(change), 0, address -> "51").stream()
                .map(Happening::text).toList();
        assertEquals(List.of("advert", "+ eth0 inet 10.1.0.51/24 scope global eth0 valid", "GARP x"), merged);
    }
}
