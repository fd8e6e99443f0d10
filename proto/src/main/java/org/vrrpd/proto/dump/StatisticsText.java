package org.vrrpd.proto.dump;

import java.io.IOException;
import java.io.Writer;
import org.vrrpd.proto.core.CoreView;
import org.vrrpd.proto.core.CoreView.InstanceView;

/** keepalived.stats: one "Key: number" a line, two spaces a level. */
final class StatisticsText {

    private StatisticsText() {}

    static void write(CoreView view, Writer out) throws IOException {
        for (InstanceView instance : view.instances()) {
            out.append("VRRP Instance: ").append(instance.name()).append('\n');
            String group = "";
            for (Statistics.Entry entry : Statistics.of(instance)) {
                if (!entry.group().equals(group) && !entry.group().isEmpty()) {
                    out.append("  ").append(entry.group()).append(":\n");
                }
                group = entry.group();
                out.append(group.isEmpty() ? "  " : "    ").append(entry.text()).append(": ")
                        .append(Long.toString(entry.value())).append('\n');
            }
        }
    }
}
