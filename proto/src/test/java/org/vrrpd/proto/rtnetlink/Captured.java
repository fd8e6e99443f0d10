package org.vrrpd.proto.rtnetlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vrrpd.proto.Hex;

/** What a real kernel sent while the requests of this package were tried on a macvlan over a veth. */
final class Captured {

    private static final Map<String, String> DATAGRAMS = load();

    private Captured() {}

    static byte[] bytes(String name) {
        return Hex.bytes(DATAGRAMS.get(name));
    }

    static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>();
        DATAGRAMS.values().forEach(hex -> all.add(Hex.bytes(hex)));
        return all;
    }

    /** A cursor before the first message, in a buffer where it does not begin at an aligned offset. */
    static NetlinkCursor cursor(String name) {
        byte[] bytes = bytes(name);
        ByteBuffer buffer = Hex.behind(3, bytes);
        return new NetlinkCursor().wrap(buffer, 3, bytes.length);
    }

    private static Map<String, String> load() {
        Map<String, String> datagrams = new LinkedHashMap<>();
        try (InputStream in = Captured.class.getResourceAsStream("/rtnetlink/linux-6.18.txt")) {
            String name = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (line.startsWith(" ")) {
                    datagrams.merge(name, line.strip(), String::concat);
                } else if (!line.startsWith("#")) {
                    name = line;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return datagrams;
    }
}
