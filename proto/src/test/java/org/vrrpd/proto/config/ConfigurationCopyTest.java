package org.vrrpd.proto.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in another directory means what the file means, whatever is in it. */
class ConfigurationCopyTest {

    private static final Surroundings SURROUNDINGS = Surroundings.fixed("gw1");

    @TempDir
    private Path root;

    @Test
    void anyConfigurationMeansTheSameElsewhere() throws IOException {
        Path from = Files.createDirectories(root.resolve("a")).resolve("from.conf");
        Path to = Files.createDirectories(root.resolve("b")).resolve("to.conf");
        for (int seed = 0; seed < 60; seed++) {
            Configuration configuration = RandomConfigurations.of(seed);
            Files.writeString(from, ConfigurationPrinter.print(configuration));
            ConfigurationCopy copy = ConfigurationCopy.of(from, to, "# head\n", SURROUNDINGS);
            assertEquals(List.of(), copy.obstacles(), "seed " + seed);
            Files.write(to, copy.content());
            assertEquals(configuration, ConfigurationLoader.load(to, SURROUNDINGS).configuration(), "seed " + seed);
        }
    }

    @Test
    void whatDependsOnTheDirectoryIsFound() throws IOException {
        Files.createDirectories(root.resolve("a"));
        Files.writeString(root.resolve("a/inner.inc"), Parsing.instance("notify_master $CHECK"));
        Path from = root.resolve("a/from.conf");
        Files.writeString(from, "$CHECK=\"${_PWD}/x\"\ninclude inner.inc\n");
        ConfigurationCopy copy = ConfigurationCopy.of(from, root.resolve("b/to.conf"), "# head\n", SURROUNDINGS);
        assertEquals(List.of(), copy.obstacles());
        assertEquals(List.of(root.resolve("a/inner.inc").toString()), copy.included());
        assertEquals("# head\n$CHECK=\"" + root + "/a/x\"\ninclude " + root + "/a/inner.inc\n",
                new String(copy.content(), StandardCharsets.UTF_8));
        Files.writeString(from, "$D=inner\ninclude ${D}.inc\n");
        ConfigurationCopy refused = ConfigurationCopy.of(from, root.resolve("b/to.conf"), "# head\n", SURROUNDINGS);
        assertEquals(1, refused.obstacles().size());
        assertTrue(refused.obstacles().get(0).toString().startsWith(from + ":2:9: error: include inner.inc: "),
                refused.obstacles().toString());
    }
}
