package org.vrrpd.boot;

/** systemd-networkd of a machine, made to behave as where there is a udev, which machines without a /sys have not. */
final class Networkd {

    private Networkd() {}

    static void prepare(Machine machine, String device, String network) {
        machine.write("/etc/systemd/network/" + device + ".network", network);
    }

    /**
     * Without udev, networkd configures an interface before it has asked the kernel which addresses there are, and so
     * takes away none of others. All it looks at is whether /sys can be written, and udev's database. What becomes
     * writable is the directory that holds the views of the kernel's, and not those. In force until the next boot.
     */
    static void likeWithUdev(Machine machine) {
        machine.must("mount -o remount,rw /sys && mkdir -p /run/udev/data && touch /run/udev/control"
                + " && for i in /sys/class/net/*/ifindex; do echo I:1 > /run/udev/data/n$(cat $i); done");
    }
}
