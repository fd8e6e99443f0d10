package org.vrrpd.daemon.control;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.vrrpd.daemon.control.Access.Role;

/**
 * Counts connections, so that nobody's can lock out who has more rights. On the event loop, but for {@link #open}.
 */
final class Admission {

    private final ControlLimits.Connections limits;
    private final Map<Role, Integer> byRole = new EnumMap<>(Role.class);
    private final Map<Integer, Integer> byUser = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    Admission(ControlLimits.Connections limits) {
        this.limits = limits;
        for (Role role : Role.values()) {
            byRole.put(role, 0);
        }
    }

    /** Null when one more is admitted; else why not. Each that is admitted is to be {@link #release}d. */
    String admit(Role role, int uid) {
        int readers = byRole.get(Role.READER);
        int readersAndAdmins = readers + byRole.get(Role.ADMIN);
        if (readersAndAdmins + byRole.get(Role.ROOT) >= limits.all()) {
            return tooMany(limits.all(), "in all");
        }
        if (role != Role.ROOT) {
            if (byUser.getOrDefault(uid, 0) >= limits.perUser()) {
                return tooMany(limits.perUser(), "of uid " + Integer.toUnsignedString(uid));
            }
            if (readersAndAdmins >= limits.readersAndAdmins()) {
                return tooMany(limits.readersAndAdmins(), "of others than root");
            }
            if (role == Role.READER && readers >= limits.readers()) {
                return tooMany(limits.readers(), "of those who may only look");
            }
        }
        byRole.merge(role, 1, Integer::sum);
        byUser.merge(uid, 1, Integer::sum);
        open.incrementAndGet();
        return null;
    }

    private static String tooMany(int limit, String whose) {
        return "Expected at most " + limit + " connections " + whose + ", but found one more";
    }

    void release(Role role, int uid) {
        byRole.merge(role, -1, Integer::sum);
        byUser.computeIfPresent(uid, (key, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    /** Any thread. */
    int open() {
        return open.get();
    }
}
