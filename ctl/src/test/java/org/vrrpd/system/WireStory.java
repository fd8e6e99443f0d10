package org.vrrpd.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.system.Happening.Lane;
import org.vrrpd.system.WireReader.Sent;

/**
 * Frames as happenings: a steady stream of like advertisements is one, at its first; one that comes out of turn, after
 * a pause or as the last is one of its own; announcements back to back are one set.
 */
final class WireStory {

    /** Announcements that follow each other faster than this are one set. */
    private static final long SET = 60_000_000L;

    private final List<Happening> told = new ArrayList<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private final long end;
    private final List<Sent> set = new ArrayList<>();

    /** What is known of a stream of advertisements: its last one and how late that was. */
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

    private void tell(Sent frame) {
        if (frame.announcement()) {
            if (!set.isEmpty() && frame.time() - set.get(set.size() - 1).time() > SET) {
                endOfSet();
            }
            set.add(frame);
            return;
        }
        Stream stream = streams.get(frame.subject());
        long late = 0;
        if (stream != null && frame.text().equals(stream.last().text()) && frame.interval() > 0) {
            long gap = frame.time() - stream.last().time();
            late = Math.max(0, gap - frame.interval());
            if (gap + stream.late() < frame.interval() * 6 / 10) {
                told.add(Happening.of(frame.time(), Lane.WIRE, frame.text() + ", out of turn"));
            } else if (silent(gap, frame.interval())) {
                silence(stream, frame.time());
                told.add(Happening.of(frame.time(), Lane.WIRE, frame.text() + ", again"));
            }
        } else {
            if (stream != null) {
                silence(stream, frame.time());
            }
            told.add(Happening.of(frame.time(), Lane.WIRE, frame.text()));
        }
        streams.put(frame.subject(), new Stream(frame, late));
    }

    /** Nobody knows when a stream ends before the next of it is due: its last one may be off by an interval. */
    private void silence(Stream stream, long until) {
        Sent last = stream.last();
        if (last.interval() > 0 && silent(until - last.time(), last.interval())) {
            told.add(new Happening(last.time(), Lane.WIRE, "no more: " + last.text(), last.interval()));
        }
    }

    private static boolean silent(long gap, long interval) {
        return gap > interval * 5 / 2 + 50_000_000L;
    }

    private void endOfSet() {
        if (!set.isEmpty()) {
            told.add(Happening.of(set.get(0).time(), Lane.WIRE, inWords(set)));
            set.clear();
        }
    }

    /** "GARP 10.1.0.51 10.1.0.52, 5 rounds", or everything one by one where there are no rounds. */
    private static String inWords(List<Sent> set) {
        List<String> words = set.stream().map(frame -> frame.text() + ' ' + frame.subject()).toList();
        for (int length = 1; length <= words.size() / 2; length++) {
            if (isRounds(words, length)) {
                return String.join(", ", words.subList(0, length)) + ": " + words.size() / length + " rounds";
            }
        }
        return String.join(", ", words);
    }

    private static boolean isRounds(List<String> words, int length) {
        for (int i = length; i < words.size(); i++) {
            if (!words.get(i).equals(words.get(i - length))) {
                return false;
            }
        }
        return words.size() % length == 0;
    }
}
