package org.vrrpd.proto.config;

/** The weight line of what can be tracked: NUMBER [reverse]. */
record Weight(int value, boolean reverse) {

    static Weight of(int value) {
        return new Weight(value, false);
    }

    static Weight read(Arguments arguments, int most, Weight otherwise) {
        Integer value = arguments.integer(-most, most);
        boolean reverse = arguments.nextIs("reverse");
        if (!reverse) {
            arguments.nextIs("noreverse");
        }
        return value == null ? otherwise : new Weight(value, reverse);
    }
}
