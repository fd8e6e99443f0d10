package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the printer writes, the parser reads back: the core gets its configuration that way. */
class RoundTripTest {

    @Test
    void randomConfigurationsSurvivePrinting() {
        int distinct = 0;
        for (long seed = 0; seed < 2000; seed++) {
            Configuration configuration = RandomConfigurations.of(seed);
            String text = ConfigurationPrinter.print(configuration);
            assertEquals(configuration, ConfigurationParser.parseCanonical(text), "seed " + seed + "\n" + text);
            LoadResult ordinary = ConfigurationParser.parse(text, "c", "gw1");
            assertEquals(configuration, ordinary.configuration(),
                    () -> "seed " + ordinary.problems() + "\n" + text);
            distinct += configuration.instances().isEmpty() ? 0 : 1;
        }
        assertTrue(distinct > 1000);
    }

    @Test
    void whatIsPrintedIsAFileThatMeansTheSame() {
        for (long seed = 0; seed < 2000; seed++) {
            Configuration configuration = RandomConfigurations.of(seed);
            LoadResult result = Parsing.parse(ConfigurationPrinter.print(configuration));
            assertEquals(configuration, result.configuration(), "seed " + seed + " " + result.problems());
        }
        String odd = "vrrp_sync_group \"@gw2\" { group { \"include\" \"~SEQ\" } }\n";
        String text = odd + Parsing.instance("").replace(" A ", " include ")
                + Parsing.instance("").replace(" A ", " ~SEQ ").replace("id 1", "id 2").replace("0.1", "0.2");
        Configuration configuration = Parsing.parse(text).configuration();
        assertEquals(configuration, Parsing.parse(ConfigurationPrinter.print(configuration)).configuration());
    }

    @Test
    void theEmptyConfigurationSurvivesPrinting() {
        assertEquals(
                Configuration.EMPTY,
                ConfigurationParser.parseCanonical(ConfigurationPrinter.print(Configuration.EMPTY)));
    }

    @Test
    void whatTheLanguageCannotSayIsRefused() {
        Configuration quote = new Configuration(
                "a\"b", GlobalConfiguration.DEFAULT, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> ConfigurationPrinter.print(quote));
    }

    @Test
    void canonicalTextWithAnErrorNamesIt() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> ConfigurationParser.parseCanonical("vrrp_instance A {\n interface eth0\n priority 300\n}"));
        assertEquals(
                "configuration:1:15: error: no virtual_router_id in vrrp_instance A: expected 1 to 255",
                refused.getMessage());
    }
}
