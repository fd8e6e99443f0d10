package org.vrrpd.proto.config;

/** The GARP settings that were given, in global_defs or in an instance; null: not given. */
final class GarpDraft {

    static final int LONGEST_SECONDS = 86_400;
    static final int MOST_ROUNDS = 65_535;

    Integer masterDelay;
    Integer masterRepeat;
    Integer refresh;
    Integer refreshRepeat;
    Integer lowerPriorityDelay;
    Integer lowerPriorityRepeat;
    Integer extra;
    boolean extraEverywhere;

    /** Reads a statement if its keyword, without vrrp_, is one of these. */
    boolean read(String keyword, Arguments arguments) {
        switch (keyword) {
            case "garp_master_delay" -> masterDelay = arguments.integer(0, LONGEST_SECONDS);
            case "garp_master_repeat" -> masterRepeat = atLeastOne(arguments);
            case "garp_master_refresh" -> refresh = arguments.integer(0, LONGEST_SECONDS);
            case "garp_master_refresh_repeat" -> refreshRepeat = atLeastOne(arguments);
            case "garp_lower_prio_delay" -> lowerPriorityDelay = arguments.integer(0, LONGEST_SECONDS);
            case "garp_lower_prio_repeat" -> lowerPriorityRepeat = arguments.integer(0, MOST_ROUNDS);
            case "garp_extra_if", "vmac_garp_intvl" -> readExtra(arguments);
            default -> {
                return false;
            }
        }
        arguments.end();
        return true;
    }

    private void readExtra(Arguments arguments) {
        boolean everywhere = arguments.nextIs("all");
        extra = arguments.integer(0, LONGEST_SECONDS);
        extraEverywhere = everywhere;
    }

    private static Integer atLeastOne(Arguments arguments) {
        Word word = arguments.peek();
        Integer value = arguments.integer(0, MOST_ROUNDS);
        if (value == null || value > 0) {
            return value;
        }
        arguments.warning(word, arguments.keyword() + " 0 means 1");
        return 1;
    }

    /**
     * What counts for an instance: its own settings, then the global ones, then the defaults. An answer to a lower
     * priority follows the global master settings, never the instance's own, as in keepalived.
     */
    static GarpConfiguration complete(
            GarpDraft own, GlobalSettings global, GarpGroups groups, String interfaceName, StrictMode strict) {
        GarpDraft shared = global.garp;
        boolean least = global.minimalGarp;
        int sharedDelay = first(shared.masterDelay, null, least ? 0 : 5);
        int sharedRepeat = first(shared.masterRepeat, null, least ? 1 : 5);
        int lowerDelay = first(own.lowerPriorityDelay, shared.lowerPriorityDelay, sharedDelay);
        int lowerRepeat = first(own.lowerPriorityRepeat, shared.lowerPriorityRepeat, sharedRepeat);
        if (strict.isOn()) {
            if (own.lowerPriorityRepeat != null && lowerRepeat != 0) {
                strict.ignored("garp_lower_prio_repeat", "it is 0");
            }
            if (own.lowerPriorityDelay != null && lowerDelay != 0) {
                strict.ignored("garp_lower_prio_delay", "it is 0");
            }
            lowerDelay = 0;
            lowerRepeat = 0;
        }
        int extra = first(own.extra, shared.extra, 0);
        boolean everywhere = own.extra != null ? own.extraEverywhere : shared.extraEverywhere;
        return new GarpConfiguration(
                first(own.masterDelay, null, sharedDelay) * Arguments.SECOND,
                first(own.masterRepeat, null, sharedRepeat),
                first(own.refresh, shared.refresh, 0) * Arguments.SECOND,
                first(own.refreshRepeat, shared.refreshRepeat, 1),
                lowerDelay * Arguments.SECOND,
                lowerRepeat,
                groups.garpNanos(interfaceName, global.garpIntervalNanos),
                groups.naNanos(interfaceName, global.naIntervalNanos),
                extra * Arguments.SECOND,
                everywhere && extra > 0);
    }

    private static int first(Integer own, Integer shared, int otherwise) {
        return own != null ? own : shared != null ? shared : otherwise;
    }
}
