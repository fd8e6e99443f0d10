package org.vrrpd.proto.simulation;

/**
 * What one router tracks, drawn: scripts that are fast, slow and turned round, a file, processes and the other
 * interface, each with a weight or without, by its instances or by their group.
 */
final class DrawnTrackers {

    /** Whose runs take a while. */
    static final String SLOW = "slow";
    /** Whose success is what is wrong: it succeeds while the host is busy. */
    static final String BUSY = "busy";
    static final String[] SCRIPTS = {"chk", SLOW, BUSY};
    /** Enough for every quorum that is drawn, and not too many. */
    static final int PROCESSES = 2;

    private static final String[] OF_FILE = {"0", "0", "0", "-1", "2", "-2", "2 reverse", "-3 reverse"};

    private final Chance chance;
    private final boolean rare;
    private final boolean grouped;
    /** Not all instances are on the same interface, and each tracks the other one. */
    private final boolean mixed;
    /** The group tracks, for all its members. */
    private final boolean byGroup;
    private final StringBuilder interfaces = new StringBuilder();
    private final StringBuilder others = new StringBuilder();

    /**
     * @param rare checks are few, since there is much time
     * @param mixed not all instances are on the same interface
     */
    DrawnTrackers(Chance chance, boolean rare, boolean grouped, boolean mixed) {
        this.chance = chance;
        this.rare = rare;
        this.grouped = grouped;
        this.mixed = mixed;
        this.byGroup = grouped && chance.perMille(500);
        block("track_interface", 400, "eno2" + (chance.perMille(500) ? ofInterface() : ""));
        block("track_file", 450, "load");
        block("track_process", 350, "proxy" + (chance.perMille(200) ? weight() : ""));
        if (chance.perMille(450)) {
            StringBuilder scripts = new StringBuilder();
            for (String script : SCRIPTS) {
                if (chance.perMille(650)) {
                    scripts.append(scripts.isEmpty() ? "" : "\n").append(script).append(ofScript(script));
                }
            }
            block("track_script", scripts.isEmpty() ? 0 : 1000, scripts.toString());
        }
    }

    private void block(String keyword, int perMille, String lines) {
        if (chance.perMille(perMille)) {
            (keyword.equals("track_interface") ? interfaces : others)
                    .append(keyword).append(" {\n").append(lines).append("\n}\n");
        }
    }

    /** In a group an interface can come to count without a weight, and up would be what is wrong. */
    private String ofInterface() {
        return grouped ? " weight " + chance.between(-60, 60) : weight();
    }

    /** Never 0, so that it may be turned round without being a fault for ever. */
    private String weight() {
        long weight = chance.between(1, chance.perMille(200) ? 253 : 60);
        return " weight " + (chance.perMille(500) ? -weight : weight) + (chance.perMille(250) ? " reverse" : "");
    }

    private String ofScript(String script) {
        if (script.equals(BUSY)) {
            return chance.perMille(600) ? " reverse" : weight();
        }
        return chance.perMille(150) ? weight() : "";
    }

    /** Blocks that go before all instances. */
    String definitions() {
        StringBuilder text = new StringBuilder();
        text.append("track_file load {\nfile /load\nweight ").append(OF_FILE[chance.below(OF_FILE.length)])
                .append("\n}\n");
        for (String script : SCRIPTS) {
            boolean slow = script.equals(SLOW);
            int interval = rare ? 30 : slow ? 4 + chance.below(8) : 1 + chance.below(2);
            text.append("vrrp_script ").append(script).append(" {\nscript /bin/").append(script)
                    .append("\ninterval ").append(interval)
                    .append("\ntimeout ").append(slow ? 5 + chance.below(6) : 2)
                    .append("\nrise ").append(1 + chance.below(3)).append("\nfall ").append(1 + chance.below(3))
                    .append(chance.perMille(250) ? "\ninit_fail" : "")
                    .append(!script.equals(BUSY) && chance.perMille(300) ? "\n" + weight().strip() : "")
                    .append("\n}\n");
        }
        text.append("vrrp_track_process proxy {\nprocess haproxy\nquorum ").append(1 + chance.below(PROCESSES))
                .append(chance.perMille(300) ? "\nquorum_max " + PROCESSES : "")
                .append(chance.perMille(600) ? "\nfork_delay " + (1 + chance.below(5)) : "")
                .append(chance.perMille(600) ? "\nterminate_delay " + (1 + chance.below(5)) : "")
                .append(chance.perMille(500) ? "\n" + weight().strip() : "").append("\n}\n");
        return text.toString();
    }

    /** Lines of each instance; on its own interface nobody tracks the interface. */
    String ofInstance() {
        return byGroup ? "" : interfaces.toString() + others;
    }

    /** Lines of the group, whose members all have the same: no weights, where each tracks another interface. */
    String ofGroup() {
        boolean differ = mixed && !byGroup && !interfaces.isEmpty();
        return (byGroup ? interfaces.toString() + others : "")
                + (chance.perMille(300) && !differ ? "sync_group_tracking_weight\n" : "");
    }
}
