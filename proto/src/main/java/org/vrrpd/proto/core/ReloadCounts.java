package org.vrrpd.proto.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.config.InstanceConfiguration;

/**
 * What a reload does to instances, in numbers.
 *
 * @param anew released and begun again, since they cannot live through the change
 */
public record ReloadCounts(int unchanged, int changed, int anew, int added, int removed) {

    static ReloadCounts of(List<InstanceConfiguration> from, List<InstanceConfiguration> to) {
        Map<RouterKey, InstanceConfiguration> former = new LinkedHashMap<>();
        from.forEach(instance -> former.put(RouterKey.of(instance), instance));
        int unchanged = 0;
        int changed = 0;
        int anew = 0;
        int added = 0;
        for (InstanceConfiguration instance : to) {
            InstanceConfiguration same = former.remove(RouterKey.of(instance));
            if (same == null) {
                added++;
            } else if (same.equals(instance)) {
                unchanged++;
            } else if (RouterChange.isPossible(same, instance)) {
                changed++;
            } else {
                anew++;
            }
        }
        return new ReloadCounts(unchanged, changed, anew, added, former.size());
    }

    /** Such as "2 unchanged, 1 changed"; what there is none of is left out. */
    public String text() {
        StringBuilder out = new StringBuilder();
        append(out, unchanged, "unchanged");
        append(out, changed, "changed");
        append(out, anew, "begun anew");
        append(out, added, "added");
        append(out, removed, "removed");
        return out.length() == 0 ? "no instances" : out.toString();
    }

    private static void append(StringBuilder out, int count, String what) {
        if (count > 0) {
            out.append(out.length() == 0 ? "" : ", ").append(count).append(' ').append(what);
        }
    }
}
