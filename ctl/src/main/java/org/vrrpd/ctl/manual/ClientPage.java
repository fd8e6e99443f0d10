package org.vrrpd.ctl.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** vrrpctl(1) from the model that also parses the command line and prints the help. */
final class ClientPage {

    private final StringBuilder page = new StringBuilder();

    private ClientPage() {}

    static String of(CommandLine client, String version) {
        ClientPage page = new ClientPage();
        page.page.append(ManualPages.title("vrrpctl", 1, version));
        page.write(client.getCommandSpec());
        return page.page.toString();
    }

    private void write(CommandSpec client) {
        String what = String.join(" ", client.usageMessage().description());
        line("# NAME\n");
        line(client.name() + " - " + what.substring(0, 1).toLowerCase(Locale.ROOT)
                + what.substring(1).replaceAll("\\.$", "") + "\n");
        line("# SYNOPSIS\n");
        line("**" + client.name() + "** [*OPTION*...] *COMMAND* [*OPTION*...] [*ARGUMENT*]\n");
        line("# OPTIONS\n");
        line("These may stand before and behind the command.\n");
        options(client.options());
        line("# COMMANDS\n");
        client.subcommands().values().forEach(command -> command(command.getCommandSpec()));
        line("# EXIT STATUS\n");
        for (Map.Entry<String, String> status : client.usageMessage().exitCodeList().entrySet()) {
            entry("**" + status.getKey().strip() + "**", status.getValue());
        }
        line("# ENVIRONMENT\n");
        entry("**VRRPCTL_JAVA_OPTS**", "More flags for the Java virtual machine.");
        entry("**NO_COLOR**", "When it is set to something, nothing is coloured.");
        entry("**COLUMNS**", "How wide tables may be; else as wide as the terminal.");
        line("# SEE ALSO\n");
        line("**vrrpd**(8), **vrrpd.conf**(5)");
    }

    private void command(CommandSpec command) {
        List<OptionSpec> own = command.options().stream().filter(option -> !option.inherited()).toList();
        line("### " + command.name() + "\n");
        line("**vrrpctl " + command.name() + "**" + (own.isEmpty() ? "" : " [*OPTION*...]")
                + command.positionalParameters().stream()
                        .map(parameter -> parameter.required() ? " " + label(parameter) : " [" + label(parameter) + "]")
                        .collect(Collectors.joining()) + "\n");
        line(text(command.usageMessage().description()) + "\n");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            entry(label(parameter), text(parameter.description()));
        }
        options(own);
    }

    private void options(List<OptionSpec> options) {
        for (OptionSpec option : options) {
            List<String> names = new ArrayList<>(Arrays.asList(option.names()));
            names.sort(Comparator.comparingInt(String::length));
            String value = option.arity().max() == 0 ? "" : "=*" + option.paramLabel() + "*";
            entry(names.stream().map(name -> "**" + name + "**").collect(Collectors.joining(", ")) + value,
                    text(option.description()));
        }
    }

    private static String label(PositionalParamSpec parameter) {
        return Arrays.stream(parameter.paramLabel().split("\\|"))
                .map(word -> "*" + word + "*")
                .collect(Collectors.joining("|"));
    }

    private static String text(String[] description) {
        return String.join(" ", description).replace("%n", "\n\n");
    }

    private void entry(String term, String text) {
        line(term + "\n: " + text + "\n");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
