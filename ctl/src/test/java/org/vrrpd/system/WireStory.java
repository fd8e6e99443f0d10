package org.vrrpd.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vrrpd.system.Happening.Lane;
import org.vrrpd.system.WireReader.Sent;

/**
 * Frames as happenings: a steady stream of like advertisements is one, at its first; one that comes out of turn, after
 * a pause or as the last is one of its own; announcements back to back are one set.
 */
final class WireStory {

    /** Announcements that follow each other faster than this are one set. */
    private static final long SET = 60_000_000L;

    private static final String OUT_OF_TURN = ", out of turn";
    private static final String AGAIN = ", again";
    private static final String NO_MORE = "no more: ";

    private final List<Happening> told = new ArrayList<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private final long end;
    private final List<Sent> set = new ArrayList<>();

    /** What is known of a stream of advertisements: its last one and how late that was, or may have been. */
    private record Stream(Sent last, long late) {}

    private WireStory(long end) {
        this.end = end;
    }

    /** @param end until when somebody listened */
    static List<Happening> of(List<Sent> frames, long end) {
        WireStory story = new WireStory(end);
        frames.stream().filter(frame -> frame.time() <= end).forEach(story::tell);
        story.endOfSet();
        story.streams.values().forEach(stream -> story.silence(stream, end));
        story.told.sort((a, b) -> Long.compare(a.time(), b.time()));
        return story.told;
    }

    /** True of a happening that is there because a stream was not steady. */
    static boolean isIrregular(String text) {
        return text.startsWith(NO_MORE) || text.endsWith(AGAIN) || text.endsWith(OUT_OF_TURN);
    }

    private void tell(Sent frame) {
        if (frame.announcement()) {
            if (!set.isEmpty() && frame.time() - set.get(set.size() - 1).time() > SET) {
                endOfSet();
            }
            set.add(frame);
            return;
        }
        Stream stream = streams.get(frame.subject());
        long late = frame.interval() * 3 / 10;
        if (stream != null && frame.text().equals(stream.last().text()) && frame.interval() > 0) {
            long gap = frame.time() - stream.last().time();
            late = Math.max(0, gap - frame.interval());
            if (gap + stream.late() < frame.interval() * 6 / 10) {
                told.add(Happening.of(frame.time(), Lane.WIRE, frame.router(), frame.text() + OUT_OF_TURN));
            } else if (silent(gap, frame.interval())) {
                silence(stream, frame.time());
                told.add(Happening.of(frame.time(), Lane.WIRE, frame.router(), frame.text() + AGAIN));
            }
        } else {
            if (stream != null) {
                silence(stream, frame.time());
            }
            told.add(Happening.of(frame.time(), Lane.WIRE, frame.router(), frame.text()));
        }
        streams.put(frame.subject(), new Stream(frame, late));
    }

    /**
     * A stream ends when the next of it is due and does not come, which may be off by an interval: this is in no order
     * with what else its router does.
     */
    private void silence(Stream stream, long until) {
        Sent last = stream.last();
        if (last.interval() > 0 && silent(until - last.time(), last.interval())) {
            told.add(new Happening(last.time() + last.interval(), Lane.WIRE, last.router() + " ends",
                    NO_MORE + last.text(), last.interval()));
        }
    }

    private static boolean silent(long gap, long interval) {
        return gap > interval * 5 / 2 + 50_000_000L;
    }

    /** A set falls into rounds: "GARP 10.1.0.51, GARP 10.1.0.52: 5 rounds", and what is not repeated alone. */
    private void endOfSet() {
        for (int from = 0; from < set.size();) {
            int length = 1;
            while (rounds(from, length) == 1 && from + 2 * length < set.size()) {
                length++;
            }
            int rounds = rounds(from, length);
            length = rounds == 1 ? 1 : length;
            List<Sent> first = set.subList(from, from + length);
            String text = first.stream().map(WireStory::words).collect(Collectors.joining(", "));
            told.add(Happening.of(first.get(0).time(), Lane.WIRE, first.get(0).router(),
                    rounds == 1 ? text : text + ": " + rounds + " rounds"));
            from += rounds * length;
        }
        set.clear();
    }

    private static String words(Sent frame) {
        return frame.text() + ' ' + frame.subject();
    }

    /** How often the announcements from here on repeat, at a length of a round: once at least. */
    private int rounds(int from, int length) {
        int at = from + length;
        while (at < set.size() && words(set.get(at)).equals(words(set.get(at - length)))) {
            at++;
        }
        return (at - from) / length;
    }
}
