package org.vrrpd.ctl.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.vrrpd.proto.control.JsonRpc;
import org.vrrpd.proto.simulation.Rehearsed;
import org.vrrpd.proto.simulation.Timeline.Span;

/** Rehearsals as JSON; the names are in docs/REHEARSAL.md. */
final class RehearsalJson {

    private RehearsalJson() {}

    static ObjectNode write(RehearsalReport report) {
        ObjectNode out = JsonRpc.object().put("whole", report.isWhole());
        report.nodes().forEach(out.putArray("nodes")::add);
        report.disagreements().forEach(out.putArray("disagreements")::add);
        report.assumptions().forEach(out.putArray("assumptions")::add);
        ArrayNode scenarios = out.putArray("scenarios");
        report.scenarios().forEach(each -> scenario(scenarios.addObject(), each));
        return out;
    }

    private static void scenario(ObjectNode out, Rehearsed scenario) {
        out.put("name", scenario.name())
                .put("about", scenario.about())
                .put("whole", scenario.isWhole())
                .put("settled", scenario.settled())
                .put("startNanos", scenario.startNanos())
                .put("untilNanos", scenario.untilNanos());
        ArrayNode happenings = out.putArray("happenings");
        scenario.happenings().forEach(each -> happenings.addObject()
                .put("atNanos", each.atNanos())
                .put("node", each.node())
                .put("instance", each.instance())
                .put("state", each.state())
                .put("text", each.text()));
        ArrayNode routers = out.putArray("routers");
        scenario.routers().forEach(router -> {
            ObjectNode one = routers.addObject()
                    .put("family", router.id().family().text())
                    .put("vrid", router.id().vrid())
                    .put("wire", router.id().wire());
            router.instances().forEach(one.putArray("instances")::add);
            spans(one.putArray("masters"), router.masters());
            ArrayNode addresses = one.putArray("addresses");
            router.addresses().forEach(address -> {
                ObjectNode served = addresses.addObject().put("address", address.address().toString());
                spans(served.putArray("served"), address.served());
            });
        });
    }

    private static void spans(ArrayNode out, List<Span> spans) {
        for (Span span : spans) {
            ObjectNode one = out.addObject().put("fromNanos", span.fromNanos()).put("untilNanos", span.untilNanos());
            ArrayNode nodes = one.putArray("nodes");
            ArrayNode left = one.putArray("leftBehind");
            span.holders().forEach(holder -> {
                nodes.add(holder.node());
                if (holder.leftBehind()) {
                    left.add(holder.node());
                }
            });
        }
    }
}
