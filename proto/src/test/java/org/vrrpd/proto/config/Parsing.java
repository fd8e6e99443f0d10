package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** Short forms of what the tests of this package parse again and again. */
final class Parsing {

    private Parsing() {}

    static LoadResult parse(String text) {
        return ConfigurationParser.parse(text, "c", "gw1");
    }

    /** The problems as an operator reads them. */
    static List<String> problems(String text) {
        return parse(text).problems().stream().map(Problem::toString).toList();
    }

    /** An instance that is right, with these lines from line 5 on. */
    static String instance(String lines) {
        return "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress { 10.0.0.1 }\n" + lines
                + "\n}\n";
    }

    /** The only instance of a text without problems. */
    static InstanceConfiguration only(String text) {
        LoadResult result = parse(text);
        assertEquals(List.of(), result.problems());
        return result.configuration().instances().get(0);
    }

    static InstanceConfiguration onlyWith(String lines) {
        return only(instance(lines));
    }

    /** The only instance of a text that has just these problems, none of them an error. */
    static InstanceConfiguration warned(String text, String... warnings) {
        assertEquals(List.of(warnings), problems(text));
        return parse(text).configuration().instances().get(0);
    }

    static void refused(String text, String... problems) {
        assertEquals(List.of(problems), problems(text));
        assertEquals(null, parse(text).configuration());
    }
}
