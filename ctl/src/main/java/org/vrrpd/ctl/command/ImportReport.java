package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vrrpd.proto.config.Configuration;
import org.vrrpd.proto.config.ConfigurationCopy;
import org.vrrpd.proto.config.InstanceConfiguration;
import org.vrrpd.proto.config.NotifyConfiguration;
import org.vrrpd.proto.config.Problem;
import org.vrrpd.proto.config.ScriptCommand;
import org.vrrpd.proto.config.SyncGroupConfiguration;

/** What an import tells: first what was done, then what is otherwise than before, last what to do next. */
final class ImportReport {

    private static final Pattern SKIPPED = Pattern.compile(
            ".*( is skipped: |: the block is skipped|: skipped).*", Pattern.DOTALL);
    private static final int WIDTH = 100;

    private final Path from;
    private final Path to;
    private final ConfigurationCopy copy;
    private final KeepalivedHost host;
    private final String configId;
    private final List<String> lines = new ArrayList<>();

    /** @param configId what keepalived's service, or the caller, says; null: nobody does */
    ImportReport(Path from, Path to, ConfigurationCopy copy, KeepalivedHost host, String configId) {
        this.from = from;
        this.to = to;
        this.copy = copy;
        this.host = host;
        this.configId = configId;
    }

    /** @param kept where the file that was there is now, or null */
    String text(boolean written, Path kept) {
        Map<Boolean, List<Problem>> problems = copy.original().problems().stream()
                .collect(Collectors.partitioningBy(problem -> SKIPPED.matcher(problem.message()).matches()));
        List<Problem> skipped = problems.get(true);
        lines.add((written ? "imported " : "would import ") + contents() + " from " + from + " into " + to + ": "
                + (skipped.isEmpty() ? "nothing is skipped"
                        : count(skipped.size(), "entry", "entries") + (skipped.size() == 1 ? " is" : " are")
                                + " skipped"));
        if (kept != null) {
            lines.add("The file that was there is kept as " + kept + ".");
        }
        section("Skipped, with all that is in its braces:", skipped.stream().map(Problem::toString).toList());
        section("Read, but not as it stands there:", problems.get(false).stream().map(Problem::toString).toList());
        section("Otherwise than in keepalived, for words of this file (all of it: DIFFERENCES.md):", differences());
        section("What this file needs:", needs());
        next(written);
        return String.join("\n", lines);
    }

    private String contents() {
        Configuration configuration = copy.original().configuration();
        List<String> parts = new ArrayList<>();
        parts.add(count(configuration.instances().size(), "instance", "instances"));
        add(parts, configuration.syncGroups().size(), "sync group", "sync groups");
        add(parts, configuration.scripts().size(), "script", "scripts");
        add(parts, configuration.files().size(), "tracked file", "tracked files");
        add(parts, configuration.processes().size(), "tracked process", "tracked processes");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String one, String many) {
        if (number > 0) {
            parts.add(count(number, one, many));
        }
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private void section(String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add("");
            lines.add(title);
            entries.forEach(entry -> lines.add("  " + entry));
        }
    }

    /** By keyword, so that what there is to think about stands together. */
    private List<String> differences() {
        Map<String, List<Differences.Row>> byPlace = new LinkedHashMap<>();
        Differences.of(copy.uses()).forEach((row, use) -> byPlace
                .computeIfAbsent(use.keyword() + " (" + use.file() + ":" + use.line() + ")",
                        place -> new ArrayList<>())
                .add(row));
        List<String> entries = new ArrayList<>();
        byPlace.forEach((place, rows) -> {
            entries.add(place);
            for (Differences.Row row : rows) {
                String before = row.keepalived().isEmpty() ? "" : " keepalived: " + row.keepalived() + ";";
                wrap(entries, "- " + row.what() + ":" + before + " vrrpd: " + row.vrrpd());
            }
        });
        return entries;
    }

    private static void wrap(List<String> entries, String text) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ")) {
            if (line.length() + word.length() + 1 > WIDTH) {
                entries.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        entries.add(line.toString());
    }

    private List<String> needs() {
        List<String> needs = new ArrayList<>();
        Map<String, List<String>> byUser = new TreeMap<>();
        commands().forEach(command -> byUser
                .computeIfAbsent(command.user(), user -> new ArrayList<>())
                .add(command.arguments().get(0)));
        byUser.forEach((user, commands) -> {
            String all = commands.stream().distinct().collect(Collectors.joining(", "));
            if (user.isEmpty()) {
                needs.add("commands that name no user (" + all + "): keepalived ran them as"
                        + " keepalived_script or root,");
                needs.add("  and so does vrrpd as root; its service, which runs as the user vrrpd, runs them as vrrpd");
            } else if (!user.equals(ImportTarget.GROUP)) {
                needs.add("commands as the user " + user + " (" + all + "): the service may not change the user;");
                needs.add("  the drop-in in SERVICE.md lets it, or let them run as vrrpd");
            }
        });
        boolean drops = copy.original().configuration().instances().stream()
                .anyMatch(instance -> !instance.accept() && !instance.isOwner());
        if (drops && !host.hasNft()) {
            needs.add("nft, for no_accept: it is not there (apt install nftables)");
        }
        for (String file : copy.included()) {
            needs.add(file + " is included from where it is: keep it"
                    + (isOpen(Path.of(file)) ? "" : ", and let the service read it (chgrp vrrpd, chmod 640)"));
        }
        return needs;
    }

    private Stream<ScriptCommand> commands() {
        Configuration configuration = copy.original().configuration();
        Stream<NotifyConfiguration> notifications = Stream.concat(
                configuration.instances().stream().map(InstanceConfiguration::notifications),
                configuration.syncGroups().stream().map(SyncGroupConfiguration::notifications));
        return Stream.of(
                        configuration.scripts().stream().map(script -> script.command()),
                        notifications.flatMap(notify -> Stream.of(notify.master(), notify.backup(), notify.fault(),
                                notify.stop(), notify.deleted(), notify.any(), notify.masterReceivedLower())),
                        configuration.global().fifos().stream().map(fifo -> fifo.reader()),
                        Stream.of(configuration.global().startupScript(), configuration.global().shutdownScript()))
                .flatMap(stream -> stream)
                .filter(Objects::nonNull);
    }

    /** Whether somebody who is not root can read it: everybody, or the service by its group. */
    private static boolean isOpen(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            boolean ours = attributes.group().getName().equals(ImportTarget.GROUP)
                    && attributes.permissions().contains(PosixFilePermission.GROUP_READ);
            if (!ours && !attributes.permissions().contains(PosixFilePermission.OTHERS_READ)) {
                return false;
            }
            for (Path above = file.getParent(); above != null; above = above.getParent()) {
                PosixFileAttributes directory = Files.readAttributes(above, PosixFileAttributes.class);
                boolean group = directory.group().getName().equals(ImportTarget.GROUP)
                        && directory.permissions().contains(PosixFilePermission.GROUP_EXECUTE);
                if (!group && !directory.permissions().contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void next(boolean written) {
        Map<String, String> steps = new LinkedHashMap<>();
        if (!written) {
            steps.put("the same without --dry-run", "nothing is written yet");
        }
        if (configId != null) {
            steps.put("VRRPD_OPTIONS=\"--config-id " + configId + "\"", "put this line into /etc/default/vrrpd");
        }
        steps.put("vrrpctl check " + (configId == null ? "" : "-i " + configId + " ") + to, "");
        boolean running = host.isRunning();
        boolean enabled = host.isEnabled();
        if (running || enabled) {
            steps.put("systemctl disable --now keepalived", (running ? "it runs" : "")
                    + (running && enabled ? " and " : "") + (enabled ? "it starts at boot" : "")
                    + ": both must not hold the addresses");
        }
        steps.put("systemctl enable --now vrrpd", "");
        steps.put("vrrpctl status", "");
        lines.add("");
        lines.add("Next:");
        int number = 1;
        for (Map.Entry<String, String> step : steps.entrySet()) {
            String why = step.getValue().isEmpty() ? "" : "    (" + step.getValue() + ")";
            lines.add("  " + number++ + ". " + step.getKey() + why);
        }
    }
}
