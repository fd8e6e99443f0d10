package org.vrrpd.proto.config;

import java.util.ArrayList;
import java.util.List;

/** The lines of global_defs that concern the daemon as a whole and not its instances. */
final class GlobalDaemonReader {

    private static final long LONGEST_DELAY = 86_400 * Arguments.SECOND;
    private static final int LONGEST_SCRIPT = 1000;

    /** A pipe as its line has it. */
    private record Fifo(Word path, Account account) {}

    private final Problems problems;
    private Account scriptAccount = Account.NONE;
    private boolean scriptSecurity;
    private Fifo fifo;
    private Fifo vrrpFifo;
    private ScriptCommand fifoReader;
    private Word fifoReaderWord;
    private ScriptCommand vrrpFifoReader;
    private Word vrrpFifoReaderWord;
    private boolean statesToFifosOnReload;
    private long startupDelay;
    private long delayAfterBoot;
    private ScriptCommand startupScript;
    private ScriptCommand shutdownScript;
    private long startupScriptTimeout = GlobalConfiguration.DEFAULT.startupScriptTimeoutNanos();
    private long shutdownScriptTimeout = GlobalConfiguration.DEFAULT.shutdownScriptTimeoutNanos();
    private int jsonVersion = GlobalConfiguration.DEFAULT.jsonVersion();
    private String stateDumpFile = "";
    private String statisticsDumpFile = "";
    private String jsonDumpFile = "";
    private boolean logUnknownVrids;

    GlobalDaemonReader(Problems problems) {
        this.problems = problems;
    }

    Account scriptAccount() {
        return scriptAccount;
    }

    /** Reads a statement if its keyword is one of these. */
    boolean read(String keyword, Arguments arguments) {
        return readScripts(keyword, arguments) || readOthers(keyword, arguments);
    }

    private boolean readScripts(String keyword, Arguments arguments) {
        switch (keyword) {
            case "script_user" -> {
                Account account = Account.read(arguments);
                scriptAccount = account == null ? scriptAccount : account;
            }
            case "enable_script_security" -> scriptSecurity = true;
            case "startup_script" -> startupScript = CommandReader.read(arguments);
            case "shutdown_script" -> shutdownScript = CommandReader.read(arguments);
            case "startup_script_timeout" -> startupScriptTimeout = scriptTimeout(arguments, startupScriptTimeout);
            case "shutdown_script_timeout" -> shutdownScriptTimeout = scriptTimeout(arguments, shutdownScriptTimeout);
            case "notify_fifo" -> fifo = fifo(arguments);
            case "vrrp_notify_fifo" -> vrrpFifo = fifo(arguments);
            case "notify_fifo_script" -> {
                fifoReaderWord = arguments.keyword();
                fifoReader = CommandReader.read(arguments);
            }
            case "vrrp_notify_fifo_script" -> {
                vrrpFifoReaderWord = arguments.keyword();
                vrrpFifoReader = CommandReader.read(arguments);
            }
            case "fifo_write_vrrp_states_on_reload" -> statesToFifosOnReload = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readOthers(String keyword, Arguments arguments) {
        switch (keyword) {
            case "vrrp_startup_delay" -> startupDelay = delay(arguments, startupDelay);
            case "vrrp_delay_after_boot" -> delayAfterBoot = delay(arguments, delayAfterBoot);
            case "json_version" -> {
                Integer version = arguments.integer(1, 2, "1 or 2");
                jsonVersion = version == null ? jsonVersion : version;
            }
            case "state_dump_file" -> stateDumpFile = file(arguments, stateDumpFile);
            case "stats_dump_file" -> statisticsDumpFile = file(arguments, statisticsDumpFile);
            case "json_dump_file" -> jsonDumpFile = file(arguments, jsonDumpFile);
            case "log_unknown_vrids" -> logUnknownVrids = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Fifo fifo(Arguments arguments) {
        Word path = arguments.next("an absolute path");
        if (path == null) {
            return null;
        }
        Account account = Account.readOptional(arguments);
        return path.text().startsWith("/")
                ? new Fifo(path, account)
                : arguments.<Fifo>bad(path, "an absolute path");
    }

    private static long delay(Arguments arguments, long otherwise) {
        Long nanos = arguments.seconds(0, LONGEST_DELAY, "0 to 86400 seconds");
        return nanos == null ? otherwise : nanos;
    }

    private static long scriptTimeout(Arguments arguments, long otherwise) {
        Integer seconds = arguments.integer(1, LONGEST_SCRIPT, "1 to " + LONGEST_SCRIPT + " whole seconds");
        return seconds == null ? otherwise : seconds * Arguments.SECOND;
    }

    private static String file(Arguments arguments, String otherwise) {
        Word path = arguments.path();
        return path == null ? otherwise : path.text();
    }

    GlobalConfiguration complete() {
        List<FifoConfiguration> fifos = new ArrayList<>();
        add(fifos, fifo, fifoReader, fifoReaderWord, "notify_fifo");
        add(fifos, vrrpFifo, vrrpFifoReader, vrrpFifoReaderWord, "vrrp_notify_fifo");
        return new GlobalConfiguration(
                startupDelay, delayAfterBoot, List.copyOf(fifos), statesToFifosOnReload, scriptSecurity,
                CommandReader.complete(startupScript, scriptAccount), startupScriptTimeout,
                CommandReader.complete(shutdownScript, scriptAccount), shutdownScriptTimeout,
                jsonVersion, stateDumpFile, statisticsDumpFile, jsonDumpFile, logUnknownVrids);
    }

    private void add(List<FifoConfiguration> fifos, Fifo one, ScriptCommand reader, Word readerWord, String keyword) {
        if (one == null) {
            if (readerWord != null) {
                problems.warning(readerWord, readerWord.shown() + " in global_defs is ignored: expected " + keyword
                        + " beside it");
            }
            return;
        }
        String path = one.path().text();
        if (!fifos.isEmpty() && fifos.get(0).path().equals(path)) {
            problems.error(one.path(), keyword + " " + one.path().shown()
                    + " in global_defs: expected another path than that of notify_fifo");
        }
        Account account = one.account().or(scriptAccount);
        fifos.add(new FifoConfiguration(
                path, account.user(), account.group(), CommandReader.complete(reader, scriptAccount)));
    }
}
