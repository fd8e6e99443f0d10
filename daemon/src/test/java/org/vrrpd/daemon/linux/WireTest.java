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
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = "ip link add from0 index 11 type veth peer name to0 index 12 && ip link set from0 up"
                + " && ip link set to0 up && exec " + java + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow"
                + " --enable-native-access=ALL-UNNAMED org.vrrpd.daemon.linux.WireProbe 11 12";
        ProcessBuilder builder = new ProcessBuilder("unshare", "--net", "sh", "-c", script).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        assertEquals(List.of("IPV4 40000 came, 0 wrong, 0 bytes allocated each",
                "IPV6 40000 came, 0 wrong, 0 bytes allocated each"), output.lines().toList());
    }
}
