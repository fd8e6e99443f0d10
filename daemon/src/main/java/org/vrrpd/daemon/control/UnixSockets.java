package org.vrrpd.daemon.control;

import java.io.IOException;

/** What only system calls tell or do. */
public interface UnixSockets {

    /** Of the process that connected, at the moment at which it did. */
    record Peer(int uid, int gid, int pid) {

        /** As people write it: the highest uids are no negative numbers. */
        String uidText() {
            return Integer.toUnsignedString(uid);
        }
    }

    Peer peer(int fd) throws IOException;

    /** Whether the group was among the peer's supplementary groups when it connected. */
    boolean isMember(int fd, int gid) throws IOException;

    /** The file that the socket is bound to next can be opened by nobody but root until its mode is set. */
    void bindForNobody(int fd) throws IOException;

    /** The number of a group, null when there is none of that name. Can take as long as the system's databases do. */
    Integer group(String name) throws IOException;

    /** As whom this process acts. */
    int ownUid();
}
