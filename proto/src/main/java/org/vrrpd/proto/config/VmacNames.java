package org.vrrpd.proto.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.vrrpd.proto.inet.Family;

/** The names that vmac_prefix gives to VMACs: PREFIX.VRID, or with a number behind the prefix when that is taken. */
final class VmacNames {

    private static final String STANDARD = "vrrp";
    private static final int LONGEST = 15;

    private final String prefix;
    private final Set<String> taken = new LinkedHashSet<>();

    /** @param drafts those that name their VMAC keep its name */
    VmacNames(String prefix, Collection<InstanceDraft> drafts) {
        this.prefix = prefix;
        for (InstanceDraft draft : drafts) {
            if (draft.vmac != null && draft.vmac.name() != null) {
                taken.add(draft.vmac.name().text());
            }
        }
    }

    /** Null: the standard prefix, with which a name is looked for that is free in the kernel too. */
    String choose(int vrid, Family family) {
        if (prefix.equals(STANDARD)) {
            return null;
        }
        String name = name("", vrid);
        if (!taken.add(name) && (family == Family.IPV4 || !taken.add(name = name("6", vrid)))) {
            int number = 1;
            while (!taken.add(name)) {
                name = name(String.valueOf(number++), vrid);
            }
        }
        return name;
    }

    private String name(String number, int vrid) {
        String end = number + "." + vrid;
        return prefix.substring(0, Math.min(prefix.length(), LONGEST - end.length())) + end;
    }
}
