package org.vrrpd.daemon;

import java.nio.file.Path;
import java.util.List;
import org.vrrpd.proto.config.HostName;
import org.vrrpd.proto.effect.LogLevel;

/**
 * The command line. Parsed by hand: a library for it costs more than a quarter of the time between start and the first
 * state.
 *
 * @param pid where the process id is told
 * @param logLevel what the log shows at first
 * @param signum print the number of this signal and end; empty: not asked for
 * @param controlGroup whose members may look; null: not named
 * @param adminGroup whose members may change something beside root; empty: nobody's
 * @param check do nothing but check the configuration
 * @param print with check: print it as it was understood
 */
record Options(
        Path config, Path control, Path journal, Path pid, String configId, LogLevel logLevel, String signum,
        boolean check, boolean print, boolean version, boolean help, String controlGroup, String adminGroup) {

    static final String USAGE = """
            usage: vrrpd [options]
              -f, --config FILE     the configuration (/etc/vrrpd/vrrpd.conf)
                  --control SOCK    the control socket (/run/vrrpd/control.sock)
                  --control-group GROUP  may connect to it and look (vrrpd, if run as root and there is one)
                  --admin-group GROUP    may change something too, such as reload (none: root alone)
                  --journal DIR     the journal (/var/lib/vrrpd/journal)
                  --pid FILE        the process id (vrrpd.pid beside the control socket)
              -i, --config-id ID    what @ID lines of the configuration compare with
                  --log-level LEVEL error, warning, notice, info (the default) or debug
                  --check FILE      print all problems of a configuration, and end
                  --print           with --check: print the configuration as understood, problems to stderr
                  --signum NAME     print the number of a signal, and end: STOP, RELOAD, DATA, STATS,
                                    STATS_CLEAR or JSON
              -V, --version         print the version, and end
              -h, --help            print this, and end
            """;

    /** Throws IllegalArgumentException, with words for the user, for what it does not know. */
    static Options parse(List<String> words) {
        Path config = Path.of("/etc/vrrpd/vrrpd.conf");
        Path control = Path.of("/run/vrrpd/control.sock");
        Path journal = Path.of("/var/lib/vrrpd/journal");
        Path pid = null;
        LogLevel logLevel = LogLevel.INFO;
        String signum = "";
        String configId = HostName.shortName();
        boolean check = false;
        boolean print = false;
        boolean version = false;
        boolean help = false;
        String controlGroup = null;
        String adminGroup = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            boolean takesValue = switch (name) {
                case "-f", "--config", "--control", "--journal", "--pid", "-i", "--config-id", "--signum",
                        "--log-level", "--check", "--control-group", "--admin-group" -> true;
                case "--print", "-V", "--version", "-h", "--help" -> false;
                default -> throw new IllegalArgumentException("Expected an option, but found " + word);
            };
            if (!takesValue && equals >= 0) {
                throw new IllegalArgumentException("Expected " + name + " without a value, but found " + word);
            }
            String value = !takesValue ? "" : equals >= 0 ? word.substring(equals + 1) : next(words, ++i, name);
            switch (name) {
                case "-f", "--config" -> config = Path.of(value);
                case "--control" -> control = Path.of(value);
                case "--control-group" -> controlGroup = value;
                case "--admin-group" -> adminGroup = value;
                case "--journal" -> journal = Path.of(value);
                case "--pid" -> pid = Path.of(value);
                case "--log-level" -> logLevel = level(value);
                case "--signum" -> signum = value;
                case "-i", "--config-id" -> configId = value;
                case "--check" -> {
                    config = Path.of(value);
                    check = true;
                }
                case "--print" -> print = true;
                case "-V", "--version" -> version = true;
                default -> help = true;
            }
        }
        if (print && !check) {
            throw new IllegalArgumentException("Expected --check FILE with --print, but found none");
        }
        Path pidFile = pid != null ? pid : control.toAbsolutePath().resolveSibling("vrrpd.pid");
        return new Options(config, control, journal, pidFile, configId, logLevel, signum, check, print, version, help,
                controlGroup, adminGroup);
    }

    private static LogLevel level(String word) {
        LogLevel level = LogLevel.ofWord(word);
        if (level == null) {
            throw new IllegalArgumentException(
                    "Expected " + LogLevel.WORDS + " behind --log-level, but found " + word);
        }
        return level;
    }

    private static String next(List<String> words, int index, String name) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("Expected a value behind " + name + ", but found nothing");
        }
        return words.get(index);
    }
}
