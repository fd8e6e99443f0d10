package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vrrpd.proto.config.Parsing.parse;
import static org.vrrpd.proto.config.Parsing.refused;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that are defined from the start. */
class BuiltInsTest {

    private static String routerId(String word, long seed) {
        Surroundings surroundings = new Surroundings("gw1", seed, name -> name.equals("SITE") ? "a $B b" : null,
                Limits.LARGEST);
        LoadResult result = ConfigurationParser.parse("global_defs { router_id \"" + word + "\" }", "c", surroundings);
        assertEquals(List.of(), result.problems());
        return result.configuration().routerId();
    }

    @Test
    void theyStandForWhatTheySay() {
        assertEquals("gw1 gw1,x", routerId("${_INSTANCE} $_INSTANCE,x", 0));
        assertEquals("# ! #", routerId("${_HASH} ${_BANG} $_HASH ", 0).strip());
        assertEquals("/", routerId("${_PWD}", 0));
        assertEquals("-a $B b-", routerId("-${_ENV SITE}-", 0));
    }

    @Test
    void aHashOutsideQuotesStartsAComment() {
        assertEquals("a", parse("global_defs {\n router_id a${_HASH}b\n}").configuration().routerId());
    }

    @Test
    void randomNumbersComeFromTheSeed() {
        assertEquals(routerId("${_RANDOM} ${_RANDOM}", 1), routerId("${_RANDOM} ${_RANDOM}", 1));
        assertNotEquals(routerId("${_RANDOM} ${_RANDOM}", 1), routerId("${_RANDOM} ${_RANDOM}", 2));
        int[] seen = new int[7];
        for (int seed = 0; seed < 500; seed++) {
            int plain = Integer.parseInt(routerId("${_RANDOM}", seed));
            assertTrue(plain >= 0 && plain <= 32767);
            int from = Integer.parseInt(routerId("${_RANDOM 32766}", seed));
            assertTrue(from == 32766 || from == 32767);
            seen[Integer.parseInt(routerId("${_RANDOM 1 6}", seed))]++;
        }
        for (int i = 1; i <= 6; i++) {
            assertTrue(seen[i] > 30, i + ": " + seen[i]);
        }
        assertEquals("999999999", routerId("${_RANDOM  999999999\t999999999 }", 1));
    }

    @Test
    void randomSeedCountsFromItsLine() {
        String text = "global_defs {\n random_seed 7\n router_id ${_RANDOM}\n}\n";
        String seven = ConfigurationParser.parse(text, "c", Surroundings.fixed("a")).configuration().routerId();
        Surroundings other = new Surroundings("a", 99, name -> null, Limits.LARGEST);
        assertEquals(seven, ConfigurationParser.parse(text, "c", other).configuration().routerId());
        assertEquals(seven, routerId("${_RANDOM}", 7));
        refused("global_defs { random_seed -1 }",
                "c:1:27: error: random_seed in global_defs: expected one number from 0 to 4294967295");
        refused("global_defs { random_seed }",
                "c:1:15: error: random_seed in global_defs: expected one number from 0 to 4294967295");
    }

    @Test
    void wrongParametersAreNamed() {
        String expected = ": expected ${_RANDOM [MIN [MAX]]} with 0 <= MIN <= MAX, which is 32767 unless given";
        refused("${_RANDOM 6 1}", "c:1:1: error: ${_RANDOM 6 1}" + expected);
        refused("${_RANDOM 40000}", "c:1:1: error: ${_RANDOM 40000}" + expected);
        refused("${_RANDOM -1 1}", "c:1:1: error: ${_RANDOM -1 1}" + expected);
        refused("${_RANDOM 1 2 3}", "c:1:1: error: ${_RANDOM 1 2 3}" + expected);
        refused("${_RANDOM 1 9999999999}", "c:1:1: error: ${_RANDOM 1 9999999999}" + expected);
        refused("$_ENV", "c:1:1: error: ${_ENV }: expected ${_ENV VARIABLE}");
        refused("${_ENV A B}", "c:1:1: error: ${_ENV A B}: expected ${_ENV VARIABLE}");
    }

    @Test
    void aVariableThatIsMissingIsNamed() {
        assertEquals(List.of("c:1:26: warning: ${_ENV NONE}: no such variable in the environment: taken as empty"),
                Parsing.problems("global_defs { router_id a${_ENV NONE} }"));
    }

    @Test
    void theyMayBeDefinedAgain() {
        assertEquals("x y", parse("$_PWD=x\n$_RANDOM=y\nglobal_defs { router_id \"${_PWD} ${_RANDOM}\" }")
                .configuration().routerId());
    }
}
