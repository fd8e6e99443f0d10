package org.vrrpd.system;

import java.util.ArrayList;
import java.util.List;

/**
 * A user with groups, who need not be in any database: the kernel knows numbers only.
 *
 * @param supplementary names of groups that every Debian has
 */
record Somebody(int uid, List<String> supplementary) {

    static Somebody with(int uid, String... groups) {
        return new Somebody(uid, List.of(groups));
    }

    /** The command, run with real, effective and saved ids and these groups alone. */
    List<String> runs(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid));
        whole.add(supplementary.isEmpty() ? "--clear-groups" : "--groups="
                + String.join(",", supplementary.stream().map(Somebody::gid).toList()));
        whole.addAll(command);
        return whole;
    }

    static String gid(String group) {
        return Shell.must("getent", "group", group).split(":")[2];
    }
}
