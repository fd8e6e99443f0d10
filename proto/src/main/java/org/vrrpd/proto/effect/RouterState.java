package org.vrrpd.proto.effect;

/**
 * The state of a virtual router, in the words of configuration files, notify scripts and logs. RFC 9568 says
 * Initialize, Backup and Active; FAULT is Initialize with a reason that holds.
 */
public enum RouterState {
    INIT,
    BACKUP,
    MASTER,
    FAULT;

    /** The number in journals: the ordinal, which therefore must never change. */
    public static RouterState ofNumber(int number) {
        return values()[number];
    }
}
