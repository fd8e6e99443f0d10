package org.vrrpd.proto.replay;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.event.Event;
import org.vrrpd.proto.event.EventKind;

/** Compares the derived records that follow an input with the reports among the effects of that input. */
final class DerivedCheck {

    record Difference(String expected, String found) {}

    private Effects effects;
    private int at;

    /** Nothing is known about what comes next: not after a gap, and not at the beginning of a file. */
    void clear() {
        effects = null;
    }

    /** These effects' reports come next. The effects must stay as they are until the next input. */
    void expect(Effects ofInput) {
        effects = ofInput;
        at = 0;
        skipOthers();
    }

    /** Null when the record is the next one expected, or nothing is known. */
    Difference onDerived(Event event, EventKind kind) {
        if (effects == null) {
            return null;
        }
        if (at >= effects.end()) {
            return new Difference("no derived record", describe(kind, event));
        }
        EventKind expectedKind = Shadow.derivedKind(effects.kind(at));
        ByteBuffer expected = effects.buffer().slice(effects.payloadOffset(at), effects.payloadLength(at));
        ByteBuffer found = event.buffer().slice(event.payloadOffset(), event.payloadLength());
        if (expectedKind != kind || !expected.equals(found)) {
            return new Difference(expectedKind + " " + hex(expected), describe(kind, event));
        }
        at = effects.next(at);
        skipOthers();
        return null;
    }

    /** An input follows: null when no derived record is missing before it. */
    Difference onInput() {
        if (effects == null || at >= effects.end()) {
            return null;
        }
        EventKind expected = Shadow.derivedKind(effects.kind(at));
        return new Difference(
                expected + " " + hex(effects.buffer().slice(effects.payloadOffset(at), effects.payloadLength(at))),
                "the next input");
    }

    private void skipOthers() {
        while (at < effects.end() && Shadow.derivedKind(effects.kind(at)) == null) {
            at = effects.next(at);
        }
    }

    private static String describe(EventKind kind, Event event) {
        return kind + " " + hex(event.buffer().slice(event.payloadOffset(), event.payloadLength()));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(0, copy);
        return HexFormat.of().formatHex(copy);
    }
}
