package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void wildcardsMatchAsInAShell() {
        for (String[] pair : new String[][] {
            {"*", "a"}, {"*.conf", "a.conf"}, {"a*b*c", "aXbYbc"}, {"?", "a"}, {"[abc]x", "bx"}, {"[a-c]", "b"},
            {"[!a]", "b"}, {"[^a]", "b"}, {"[]]", "]"}, {"a[", "a["}, {".*", ".x"}, {"**", "ab"}, {"a", "a"},
        }) {
            assertTrue(Glob.matches(pair[0], pair[1]), pair[0] + " " + pair[1]);
        }
        for (String[] pair : new String[][] {
            {"*", ".a"}, {"?", ""}, {"?", "ab"}, {"*.conf", "conf"}, {"[!a]", "a"}, {"[a-c]", "d"}, {"a*b", "ac"},
        }) {
            assertFalse(Glob.matches(pair[0], pair[1]), pair[0] + " " + pair[1]);
        }
        assertFalse(Glob.matches("*a".repeat(50) + "b", "a".repeat(250)));
    }

    @Test
    void bracesAreAlternatives() {
        assertEquals(List.of("a.conf", "b.conf"), Glob.alternatives("{a,b}.conf"));
        assertEquals(List.of("ac", "ad", "b"), Glob.alternatives("{a{c,d},b}"));
        assertEquals(List.of("{a}", "{a"), List.of(Glob.alternatives("{a}").get(0), Glob.alternatives("{a").get(0)));
        assertEquals(List.of("a", ""), Glob.alternatives("{a,}"));
    }
}
