package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vrrpd.daemon.linux.Accounts;
import org.vrrpd.daemon.linux.Accounts.User;
import org.vrrpd.daemon.linux.NativeCallException;

/**
 * As whom scripts run. What was found is kept for a minute: the databases can be across the network, and a check that
 * runs every second need not wait for them each time.
 */
final class ScriptUsers {

    private static final String DEFAULT_USER = "keepalived_script";
    private static final long KEEP_NANOS = 60_000_000_000L;
    private static final long CAP_SETGID_AND_SETUID = 1 << 6 | 1 << 7;

    private final User self = Accounts.self();
    private final boolean maySwitch = readMaySwitch();
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    private record Found(User user, long nanos) {}

    /** Whose the process is. */
    User self() {
        return self;
    }

    boolean isSelf(User user) {
        return user.equals(self);
    }

    /**
     * @param user empty: keepalived_script when there is such a user, else the daemon's own
     * @param group empty: the user's own
     */
    User find(String user, String group) throws NotStartedException {
        String key = user + '\n' + group;
        Found known = found.get(key);
        long now = System.nanoTime();
        if (known == null || now - known.nanos() > KEEP_NANOS) {
            known = new Found(lookUp(user, group), now);
            found.put(key, known);
        }
        if (!isSelf(known.user()) && !maySwitch) {
            if (user.isEmpty() && group.isEmpty()) {
                return self;
            }
            throw new NotStartedException("to run it as " + name(user, group) + " is not permitted to user number "
                    + self.uid() + " (SERVICE.md says how to permit it)");
        }
        return known.user();
    }

    private User lookUp(String user, String group) throws NotStartedException {
        try {
            User account = Accounts.user(user.isEmpty() ? DEFAULT_USER : user);
            if (account == null && !user.isEmpty()) {
                throw new NotStartedException("there is no user " + user);
            }
            User base = account == null ? self : account;
            if (group.isEmpty()) {
                return base;
            }
            Integer number = Accounts.group(group);
            if (number == null) {
                throw new NotStartedException("there is no group " + group);
            }
            return new User(base.uid(), number);
        } catch (NativeCallException e) {
            throw new NotStartedException("looking up " + name(user, group) + " failed: " + e.getMessage());
        }
    }

    private static String name(String user, String group) {
        return "user " + (user.isEmpty() ? DEFAULT_USER : user) + (group.isEmpty() ? "" : " and group " + group);
    }

    private static boolean readMaySwitch() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    long capabilities = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                    return (capabilities & CAP_SETGID_AND_SETUID) == CAP_SETGID_AND_SETUID;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}
