package org.vrrpd.daemon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Needs root: a namespace of its own, which ends with the process in it. */
class WireTest {

    @Test
    @Timeout(120)
    void advertisementsCrossAWireWithTheirMetadataAndWithoutAllocation() throws Exception {
        assertEquals(List.of("IPV4 40000 came, 0 wrong, 0 bytes allocated each",
                "IPV6 40000 came, 0 wrong, 0 bytes allocated each"), probe("WireProbe", ""));
    }

    @Test
    @Timeout(120)
    void packetsToPeersLeaveInOneCallEachBatchAndWithoutAllocation() throws Exception {
        List<String> output = probe("UnicastProbe", " && ip link set from0 address 02:00:00:00:00:01"
                + " && ip addr add 192.0.2.1/24 dev from0 && ip addr add 2001:db8::1/64 dev from0 nodad"
                + " && ip addr add fe80::1/64 dev from0 nodad"
                + " && ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:99 dev from0"
                + " && ip neigh add 2001:db8::2 lladdr 02:00:00:00:00:99 dev from0"
                + " && ip neigh add fe80::2 lladdr 02:00:00:00:00:99 dev from0");
        assertEquals(List.of("192.0.2.2: all left, 0 bytes allocated each",
                "2001:db8::2: all left, 0 bytes allocated each", "fe80::2: all left, 0 bytes allocated each",
                "a source that is not there: IPv4 sent, IPv6 errno 22"), output);
    }

    private static List<String> probe(String probe, String preparations) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = "ip link add from0 index 11 type veth peer name to0 index 12 && ip link set from0 up"
                + " && ip link set to0 up" + preparations + " && exec " + java
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow"
                + " --enable-native-access=ALL-UNNAMED org.vrrpd.daemon.linux." + probe + " 11 12";
        ProcessBuilder builder = new ProcessBuilder("unshare", "--net", "sh", "-c", script).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return output.lines().toList();
    }
}
