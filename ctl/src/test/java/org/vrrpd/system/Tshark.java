package org.vrrpd.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A second opinion on our packets: Wireshark's dissectors, with every checksum verified. */
final class Tshark {

    private static final List<String> FIELDS = List.of("-T", "fields", "-e", "frame.number", "-e", "eth.src",
            "-e", "_ws.col.Protocol", "-e", "_ws.col.Info", "-e", "_ws.expert.message");

    private Tshark() {}

    /** Fails when a frame that one of the routers' stations sent is malformed or draws a warning. */
    static void assertClean(Path capture, List<String> macs) {
        String from = macs.stream().map(mac -> "eth.src == " + mac).collect(Collectors.joining(" || ", "(", ")"));
        String bad = decode(capture, from + " && (_ws.malformed || _ws.expert.severity >= \"Warning\""
                + " || ip.checksum.status == 0 || vrrp.checksum.status == 0 || icmpv6.checksum.status == 0)"
                + " && !arp.duplicate-address-detected");
        if (!bad.isEmpty()) {
            throw new AssertionError("Expected tshark to find nothing wrong with our packets, but found\n" + bad);
        }
    }

    /** How many frames pass a display filter. */
    static long count(Path capture, String filter) {
        return decode(capture, filter).lines().count();
    }

    private static String decode(Path capture, String filter) {
        List<String> command = new ArrayList<>(List.of("tshark", "-Q", "-n", "-r", capture.toString(),
                "-o", "ip.check_checksum:TRUE", "-Y", filter));
        command.addAll(FIELDS);
        String output = Shell.run(command).orFail().output();
        return output.lines().filter(line -> !line.startsWith("Running as user")).collect(Collectors.joining("\n"));
    }
}
