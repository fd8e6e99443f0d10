package org.vrrpd.ctl.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.replay.Replay.Disagreement;
import org.vrrpd.proto.replay.Replay.Result;

/**
 * What a replay found.
 *
 * @param verified the digests were asked about: the verdict comes first
 * @param disagreement the first; null when none
 * @param disagreeingInput what the input was that the two disagree about, in words
 * @param notes about records that are missing or cannot be read
 * @param damaged some of them are not what the journal itself says was not written (while it was suspended)
 */
public record ReplayReport(
        Path journal, boolean verified, Result result, Duration took, String replayedBy,
        List<EventLine> transitions, Disagreement disagreement, String disagreeingInput, List<String> notes,
        boolean damaged) {

    /** No digest disagrees, and all that was written could be read; a gap that the journal declares is no damage. */
    public boolean proven() {
        return disagreement == null && result.agrees() && !damaged;
    }
}
