package org.vrrpd.ctl.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host tells of its keepalived: looked up in files, without systemctl, which a container may not have.
 *
 * @param root the host's root directory
 */
record KeepalivedHost(Path root) {

    private static final List<String> OPTION_FILES = List.of("etc/default/keepalived", "etc/sysconfig/keepalived");
    private static final Pattern OPTIONS = Pattern.compile("^\\s*(?:DAEMON_ARGS|KEEPALIVED_OPTIONS)=(.*)$");
    private static final List<String> NFT = List.of("usr/sbin/nft", "sbin/nft", "usr/bin/nft");

    /** The words of its options, as the service gives them; empty: none. */
    List<String> options() {
        for (String name : OPTION_FILES) {
            try {
                for (String line : Files.readAllLines(root.resolve(name), StandardCharsets.ISO_8859_1)) {
                    Matcher matcher = OPTIONS.matcher(line);
                    String words = matcher.matches() ? matcher.group(1).replaceAll("[\"']", "").strip() : "";
                    if (!words.isEmpty()) {
                        return List.of(words.split("\\s+"));
                    }
                }
            } catch (IOException e) {
                continue; // none of this name, or not for us
            }
        }
        return List.of();
    }

    /** The value of an option, or null. */
    String option(String letter, String name) {
        List<String> words = options();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(letter) || word.equals(name)) {
                return i + 1 < words.size() ? words.get(i + 1) : null;
            } else if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            } else if (word.startsWith(letter) && !word.startsWith("--")) {
                return word.substring(letter.length());
            }
        }
        return null;
    }

    /** Whether systemd starts it at the boot. */
    boolean isEnabled() {
        for (Path wants : entries(root.resolve("etc/systemd/system"), "*.wants")) {
            if (Files.exists(wants.resolve("keepalived.service"), LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a process of its name runs. */
    boolean isRunning() {
        for (Path process : entries(root.resolve("proc"), "[0-9]*")) {
            try {
                if (Files.readString(process.resolve("comm")).strip().equals("keepalived")) {
                    return true;
                }
            } catch (IOException e) {
                continue; // it has just ended
            }
        }
        return false;
    }

    boolean hasNft() {
        return NFT.stream().anyMatch(name -> Files.exists(root.resolve(name)));
    }

    private static List<Path> entries(Path directory, String pattern) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, pattern)) {
            all.forEach(entries::add);
        } catch (IOException e) {
            entries.clear(); // not there: nothing to tell
        }
        return entries;
    }
}
