package org.vrrpd.ctl.manual;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** vrrpd(8): prose from its own file, and the options as the daemon's help prints them. */
final class DaemonPage {

    private static final String MARK = "@OPTIONS@";
    private static final Pattern OPTION = Pattern.compile("\\s+((?:-\\w, )?--[\\w-]+)(?: ([A-Z]+))?\\s{2,}(\\S.*)");

    private DaemonPage() {}

    static String of(String prose, String usage) {
        if (!prose.contains(MARK)) {
            throw new IllegalArgumentException("Expected a line " + MARK + " in the prose of vrrpd(8), but found none");
        }
        StringBuilder options = new StringBuilder();
        for (String line : usage.lines().skip(1).toList()) {
            Matcher option = OPTION.matcher(line);
            if (option.matches()) {
                String value = option.group(2) == null ? "" : " *" + option.group(2) + "*";
                options.append(options.length() == 0 ? "" : "\n\n")
                        .append("**").append(option.group(1).replace(", ", "**, **")).append("**").append(value)
                        .append("\n: ").append(option.group(3));
            } else if (!line.isBlank() && options.length() > 0) {
                options.append(' ').append(line.strip());
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("Expected an option in the help of vrrpd, but found " + line);
            }
        }
        return prose.replace(MARK, options.toString());
    }
}
