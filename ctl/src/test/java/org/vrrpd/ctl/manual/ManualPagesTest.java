package org.vrrpd.ctl.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vrrpd.ctl.Vrrpctl;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the programs know is in their pages, in the right place. */
class ManualPagesTest {

    private static final CommandLine CLIENT = Vrrpctl.commandLine();

    private static String section(String page, String head) {
        int start = page.indexOf("\n" + head + "\n");
        assertTrue(start >= 0, head);
        String level = head.substring(0, head.indexOf(' ') + 1);
        int end = page.indexOf("\n" + level, start + head.length());
        return end < 0 ? page.substring(start) : page.substring(start, end);
    }

    @Test
    void everyCommandAndOptionIsInThePageOfTheClient() {
        String page = ClientPage.of(CLIENT, "1");
        assertTrue(CLIENT.getSubcommands().size() >= 8);
        CLIENT.getCommandSpec().options().forEach(option -> requireOption(section(page, "# OPTIONS"), option));
        for (CommandLine command : CLIENT.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            String section = section(page, "### " + spec.name());
            assertTrue(section.contains(String.join(" ", spec.usageMessage().description())), section);
            spec.options().stream().filter(option -> !option.inherited()).forEach(
                    option -> requireOption(section, option));
            spec.positionalParameters().forEach(parameter -> assertTrue(
                    section.contains(": " + String.join(" ", parameter.description())), section));
        }
        CLIENT.getCommandSpec().usageMessage().exitCodeList().forEach((status, text) ->
                assertTrue(section(page, "# EXIT STATUS").contains("**" + status.strip() + "**\n: " + text), page));
    }

    private static void requireOption(String section, OptionSpec option) {
        for (String name : option.names()) {
            assertTrue(section.contains("**" + name + "**"), name + " in " + section);
        }
        assertTrue(section.contains(": " + String.join(" ", option.description())), section);
    }

    @Test
    void theExitStatusesAreThoseOfTheHelpAndOfTheControlPage() throws IOException {
        String control = Files.readString(Path.of("../proto/docs/CONTROL.md"));
        List<String> rows = section(control, "## Exit statuses of vrrpctl").lines()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .map(line -> line.replaceAll("[|`]", "").strip().replaceFirst(" +", ": "))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        assertEquals(rows, CLIENT.getCommandSpec().usageMessage().exitCodeList().entrySet().stream()
                .map(entry -> entry.getKey().strip() + ": " + entry.getValue()).toList());
    }

    @Test
    void everyRowOfTheConfigurationPageIsThere() throws IOException {
        String markdown = Files.readString(Path.of("../proto/docs/CONFIGURATION.md"));
        String page = ConfigurationPage.of(markdown);
        List<String> keywords = Pattern.compile("^\\| (`[a-z0-9_]+`) \\|", Pattern.MULTILINE).matcher(markdown)
                .results().map(match -> match.group(1)).toList();
        assertTrue(keywords.size() > 140, keywords.toString());
        for (String keyword : keywords) {
            long rows = Pattern.compile("^\\| " + Pattern.quote(keyword), Pattern.MULTILINE)
                    .matcher(markdown).results().count();
            List<MatchResult> entries = Pattern.compile("^" + keyword + ".*\n: \\S", Pattern.MULTILINE)
                    .matcher(page).results().toList();
            assertEquals(rows, entries.size(), keyword);
        }
        assertTrue(page.contains("`virtual_router_id` 1 to 255\n: VRID. Required.\n"), page);
        assertTrue(page.lines().noneMatch(line -> line.startsWith("|")), "a table is left");
        assertTrue(page.contains("`vmac_prefix` name, at most 15 characters\n: VMACs without a name"), page);
        assertTrue(page.contains("`include_check` [`+`|`-`]`readable`"), page);
    }

    @Test
    void theDaemonsOptionsAreThoseOfItsHelp() {
        String page = DaemonPage.of("# OPTIONS\n\n@OPTIONS@\n\n# FILES\n",
                "usage: vrrpd [options]\n  -f, --config FILE     the file (/etc/x)\n"
                        + "      --print           with --check:\n"
                        + "                        more\n");
        assertEquals("# OPTIONS\n\n**-f**, **--config** *FILE*\n: the file (/etc/x)\n\n"
                + "**--print**\n: with --check: more"
                + "\n\n# FILES\n", page);
        assertThrows(IllegalArgumentException.class, () -> DaemonPage.of("# OPTIONS\n", "usage\n"));
        assertThrows(IllegalArgumentException.class, () -> DaemonPage.of("@OPTIONS@", "usage\n  odd\n"));
    }

    /** The completion is picocli's: what is ours is that it knows every command. */
    @Test
    void theCompletionKnowsEveryCommandAndOption() {
        String script = AutoComplete.bash("vrrpctl", CLIENT);
        for (CommandLine command : CLIENT.getSubcommands().values()) {
            assertTrue(script.contains(command.getCommandName()), command.getCommandName());
            command.getCommandSpec().options().forEach(
                    option -> assertTrue(script.contains(option.longestName()), option.longestName()));
        }
    }
}
