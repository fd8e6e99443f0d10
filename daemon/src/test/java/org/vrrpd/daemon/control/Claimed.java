package org.vrrpd.daemon.control;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.vrrpd.daemon.runtime.ControlSockets;

/** The kernel's word on sockets, but for who connects: a test process has one uid only, and needs many. */
final class Claimed implements UnixSockets {

    private final UnixSockets real = new ControlSockets();
    private volatile int uid;
    private volatile int gid;
    /** How many connections were looked at. */
    final AtomicInteger asked = new AtomicInteger();
    final Set<Integer> supplementary = new CopyOnWriteArraySet<>();
    final Map<String, Integer> groups = new ConcurrentHashMap<>();

    Claimed(int uid) {
        as(uid, uid);
    }

    /** Whoever connects from now on. */
    void as(int newUid, int newGid) {
        uid = newUid;
        gid = newGid;
    }

    @Override
    public Peer peer(int fd) throws IOException {
        Peer claimed = new Peer(uid, gid, real.peer(fd).pid());
        asked.incrementAndGet();
        return claimed;
    }

    @Override
    public boolean isMember(int fd, int group) {
        return supplementary.contains(group);
    }

    @Override
    public void bindForNobody(int fd) throws IOException {
        real.bindForNobody(fd);
    }

    @Override
    public Integer group(String name) {
        return groups.get(name);
    }

    @Override
    public int ownUid() {
        return real.ownUid();
    }
}
