package org.vrrpd.ctl.render;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.control.EventLine;
import org.vrrpd.proto.control.FaultLine;
import org.vrrpd.proto.control.Status;

/** Turns answers into lines. Every method returns what to print, without the last line's end. */
public interface Renderer {

    /** @param only the name of one instance, or null for all */
    String status(Status status, String only);

    String done(String text);

    String problems(Path file, List<Problem> problems);

    /** The lines of the past; {@code leftOut} routine records among them were not asked for. */
    String events(List<EventLine> lines, long leftOut);

    /** One more line, as it comes. */
    String event(EventLine line);

    /** Between two lines {@code records} are missing, since we read too slowly. */
    String lost(long records);

    String faults(List<FaultLine> faults, Instant now);

    String replay(ReplayReport report);

    String rehearsal(RehearsalReport report);
}
