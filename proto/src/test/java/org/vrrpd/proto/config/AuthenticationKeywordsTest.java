package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.instance;
import static org.vrrpd.proto.config.Parsing.onlyWith;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.problems;
import static org.vrrpd.proto.config.Parsing.refused;
import static org.vrrpd.proto.config.Parsing.warned;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.config.AuthenticationConfiguration.Type;

/** authentication of an instance. */
class AuthenticationKeywordsTest {

    private static String block(String type, String password) {
        return instance("authentication {\nauth_type " + type + "\nauth_pass " + password + "\n}");
    }

    @Test
    void passwordsHaveEightBytes() {
        assertEquals(new AuthenticationConfiguration(Type.PASS, "1234"),
                onlyWith("authentication {\nauth_type PASS\nauth_pass 1234\n}").transport().authentication());
        assertEquals(new AuthenticationConfiguration(Type.AH, "a b{}#!"),
                onlyWith("authentication {\nauth_pass \"a b{}#!\"\nauth_type AH\n}").transport().authentication());
        String tooLong = " warning: the password behind auth_pass in authentication of vrrp_instance A has ";
        assertEquals("12345678", warned(block("PASS", "1234567890"),
                "c:7:1:" + tooLong + "10 bytes: only the first 8 count").transport().authentication().password());
        assertEquals("1234567", onlyWith("authentication {\nauth_type PASS\nauth_pass 1234567\n}")
                .transport().authentication().password());
        refused(block("PASS", "1234567üx"), "c:7:1: error: the password behind auth_pass in authentication of"
                + " vrrp_instance A: expected at most 8 bytes, or a character that ends there");
        assertEquals("123456ü", onlyWith("authentication {\nauth_type PASS\nauth_pass 123456ü\n}")
                .transport().authentication().password());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertNull(warned(instance("authentication {\nauth_type PASS\n}"), "c:5:1: warning: authentication in"
                + " vrrp_instance A is ignored: no auth_pass is given").transport().authentication());
        warned(instance("authentication {\nauth_pass x\n}"),
                "c:5:1: warning: authentication in vrrp_instance A is ignored: no auth_type is given");
        warned(instance("version 3\nauthentication {\nauth_type PASS\nauth_pass x\n}"), "c:6:1: warning: authentication"
                + " in vrrp_instance A is ignored: version 3 has no authentication (RFC 9568 section 9)");
        refused(block("MD5", "x"), "c:6:11: error: auth_type MD5 in authentication of vrrp_instance A: expected PASS"
                + " or AH");
    }

    @Test
    void noMessageHoldsAPassword() {
        for (String password : List.of("geheim12", "geheim12geheim", "geheim12 geheim12", "$geheim12", "${geheim12",
                "x{geheim12", "x}geheim12", "x}}geheim12", "x}}}geheim12", "{geheim12}", "x{geheim12}", "\"geheim12",
                "'geheim12'", "geheim12\"", "geheim12ü\uFFFD", "@geheim12", "x}\"geheim12\" y", "x{a{geheim12",
                "x}}~SEQ(geheim12)", "x}geheim12 {\n}")) {
            for (String type : List.of("PASS", "AH", "X", "geheim")) {
                for (String more : List.of("", "version 3\n", "strict_mode\n")) {
                    String text = block(type, password).replace("authentication", more + "authentication");
                    for (String problem : problems(text)) {
                        assertFalse(problem.contains("eheim12"), problem);
                    }
                }
            }
        }
        assertFalse(parse(block("PASS", "geheim12")).configuration().toString().contains("geheim"));
        assertTrue(problems(block("PASS", "x}geheim12")).get(0).contains(
                "a word behind the password of auth_pass in vrrp_instance A: expected quotes around a password"),
                problems(block("PASS", "x}geheim12")).get(0));
    }
}
