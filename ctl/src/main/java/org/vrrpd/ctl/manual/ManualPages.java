package org.vrrpd.ctl.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.vrrpd.ctl.Vrrpctl;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Run by the package's build: writes the three pages as Markdown for go-md2man, and the completion for bash. */
public final class ManualPages {

    private ManualPages() {}

    /** @param arguments a directory to write to, the version, what vrrpd --help prints, vrrpd.8.md, CONFIGURATION.md */
    public static void main(String[] arguments) throws IOException {
        Path out = Files.createDirectories(Path.of(arguments[0]));
        String version = arguments[1];
        CommandLine client = Vrrpctl.commandLine();
        Files.writeString(out.resolve("vrrpctl.1.md"), ClientPage.of(client, version));
        Files.writeString(out.resolve("vrrpd.8.md"), title("vrrpd", 8, version)
                + DaemonPage.of(Files.readString(Path.of(arguments[3])), Files.readString(Path.of(arguments[2]))));
        Files.writeString(out.resolve("vrrpd.conf.5.md"), title("vrrpd.conf", 5, version)
                + ConfigurationPage.of(Files.readString(Path.of(arguments[4]))));
        Files.writeString(out.resolve("vrrpctl.bash"), AutoComplete.bash("vrrpctl", client));
    }

    /** No date: two builds of one source give the same pages. */
    static String title(String name, int section, String version) {
        return "% \"" + name.toUpperCase(Locale.ROOT) + "\" \"" + section + "\" \"\" \"vrrpd " + version
                + "\" \"vrrpd\"\n\n";
    }
}
