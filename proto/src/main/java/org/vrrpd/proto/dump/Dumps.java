package org.vrrpd.proto.dump;

import java.io.IOException;
import java.io.Writer;
import java.time.ZoneId;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.narrate.CoreClock;

/** Writes any dump of a view. */
public final class Dumps {

    private Dumps() {}

    /**
     * @param clock with the present offset between wall time and core time
     * @param out is left open
     */
    public static void write(DumpKind kind, CoreView view, CoreClock clock, ZoneId zone, Writer out)
            throws IOException {
        switch (kind) {
            case DATA -> new StateText(view, clock, zone, out).write();
            case STATS -> StatisticsText.write(view, out);
            case JSON -> JsonDump.write(view, clock, out);
        }
    }

    /** Where the configuration in force wants the dump; empty: nowhere in particular. */
    public static String configuredFile(DumpKind kind, CoreView view) {
        var global = view.configuration().global();
        return switch (kind) {
            case DATA -> global.stateDumpFile();
            case STATS -> global.statisticsDumpFile();
            case JSON -> global.jsonDumpFile();
        };
    }
}
