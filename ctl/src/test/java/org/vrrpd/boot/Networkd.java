package org.vrrpd.boot;

/** systemd-networkd of a machine, made to behave as where there is a udev, which machines without /sys have not. */
final class Networkd {

    /**
     * Without udev, networkd configures an interface before it has asked the kernel which addresses there are, and so
     * takes away none of others. That /sys can be written and the interface is in udev's database is all it looks at;
     * what becomes writable is an empty directory, and nothing of the kernel's.
     */
    private static final String LIKE_WITH_UDEV = """
            [Service]
            ExecStartPre=+/bin/sh -c 'mount -o remount,rw /sys; mkdir -p /run/udev/data; touch /run/udev/control; \
            for i in /sys/class/net/*/ifindex; do echo I:1 > /run/udev/data/n$(cat $i); done'
            """;

    private Networkd() {}

    /** For its next boot. */
    static void prepare(Machine machine, String device, String network) {
        machine.write("/etc/systemd/system/systemd-networkd.service.d/udev.conf", LIKE_WITH_UDEV);
        machine.write("/etc/systemd/network/" + device + ".network", network);
    }
}
