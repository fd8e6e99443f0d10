package org.vrrpd.proto.dump;

import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.core.CoreView.AddressView;
import org.vrrpd.proto.core.CoreView.InstanceView;
import org.vrrpd.proto.inet.Family;

/** A virtual address in one line: "10.1.0.51/24 dev eth0 scope global set". */
final class AddressText {

    private static final int SCOPE_GLOBAL = 0;
    private static final int SCOPE_SITE = 200;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_HOST = 254;
    private static final int SCOPE_NOWHERE = 255;

    private AddressText() {}

    /** Ends in "set" when the kernel holds it. */
    static String of(InstanceView instance, AddressView address) {
        VirtualAddress wish = address.wish();
        StringBuilder out = new StringBuilder(address.address().toString());
        boolean isIpv4 = address.address().family() == Family.IPV4;
        if (address.prefixLength() != (isIpv4 ? 32 : 128)) {
            out.append('/').append(address.prefixLength());
        }
        option(out, "brd", wish.broadcast());
        out.append(" dev ").append(device(instance, address));
        out.append(" scope ").append(scope(wish.scope()));
        option(out, "label", wish.label());
        word(out, "home", wish.home());
        word(out, "-nodad", wish.duplicateAddressDetection());
        word(out, "mngtmpaddr", wish.manageTemporary());
        word(out, "noprefixroute", wish.noPrefixRoute());
        word(out, "autojoin", wish.autoJoin());
        word(out, "no_track", wish.noTrack());
        if (!isIpv4) {
            out.append(lifetime(wish.preferredLifetimeSeconds()));
        }
        word(out, "set", address.installed());
        return out.toString();
    }

    private static String device(InstanceView instance, AddressView address) {
        boolean onVmac = address.device().equals(instance.detail().vmac());
        return onVmac ? address.device() + '@' + instance.interfaceName() : address.device();
    }

    private static String scope(int scope) {
        return switch (scope) {
            case SCOPE_GLOBAL -> "global";
            case SCOPE_SITE -> "site";
            case SCOPE_LINK -> "link";
            case SCOPE_HOST -> "host";
            case SCOPE_NOWHERE -> "nowhere";
            default -> Integer.toString(scope);
        };
    }

    private static String lifetime(long seconds) {
        if (seconds == 0) {
            return " deprecated";
        }
        return " preferred_lft " + (seconds == VirtualAddress.FOREVER ? "forever" : Long.toString(seconds));
    }

    private static void option(StringBuilder out, String name, Object value) {
        if (value != null) {
            out.append(' ').append(name).append(' ').append(value);
        }
    }

    private static void word(StringBuilder out, String word, boolean present) {
        out.append(present ? " " + word : "");
    }
}
