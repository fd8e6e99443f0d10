package org.vrrpd.system;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cable from the switch to a router: the router's end is an interface that can be taken away in every way. */
public final class Link {

    private static final Pattern LINK_LOCAL = Pattern.compile("inet6 (fe80::[0-9a-f:]+)/64");
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    private final Namespace ground;
    private final Namespace router;
    private final String port;
    private String name;

    Link(Namespace ground, Namespace router, String port, String name) {
        this.ground = ground;
        this.router = router;
        this.port = port;
        this.name = name;
    }

    /** Creates the cable, the switch's end up and the router's end down. */
    public Link create() {
        ground.ip("link add " + port + " type veth peer name " + name + " netns " + router.name(),
                "link set " + port + " master br0", "link set " + port + " up");
        return this;
    }

    /** Sets the router's end up, which is not yet to say that it runs. */
    public Link up(String... addresses) {
        address(addresses);
        router.ip("link set " + name + " up");
        return this;
    }

    /**
     * Waits until the kernel says that the interface runs, which it tells up to a second after carrier is there, and
     * returns when it said so.
     */
    public long running() {
        Await.until(name + " running", Times.seconds(5), () -> router.linkState(name).contains("state UP"));
        long time = Await.now();
        Await.until(port + " forwarding", Times.seconds(5),
                () -> ground.run("bridge", "link", "show", "dev", port).contains("state forwarding"));
        return time;
    }

    public void down() {
        router.ip("link set " + name + " down");
    }

    public void carrier(boolean present) {
        ground.ip("link set " + port + " " + (present ? "up" : "down"));
    }

    /** Isolated ports of the switch do not hear each other; the observer hears all. */
    public void isolated(boolean isolated) {
        ground.run("bridge", "link", "set", "dev", port, "isolated", isolated ? "on" : "off");
    }

    /** @param addresses each with its prefix length, and with what else {@code ip address add} takes */
    public Link address(String... addresses) {
        if (addresses.length > 0) {
            router.ip(Arrays.stream(addresses).map(a -> "addr add " + a + " dev " + name).toArray(String[]::new));
        }
        return this;
    }

    public void removeAddress(String address) {
        router.ip("addr del " + address + " dev " + name);
    }

    void flush() {
        router.run("ip", "addr", "flush", "dev", name);
    }

    void rename(String newName) {
        router.ip("link set " + name + " name " + newName);
        name = newName;
    }

    public void delete() {
        router.ip("link del " + name);
    }

    public void mac(String mac) {
        router.ip("link set " + name + " address " + mac);
    }

    public String mac() {
        return first(MAC, router.ip("link show dev " + name));
    }

    /** The first link-local address, tentative or not. */
    Optional<String> findLinkLocal() {
        Matcher matcher = LINK_LOCAL.matcher(router.addresses(name));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** True when there is a link-local address and duplicate address detection has accepted it. */
    public boolean linkLocalUsable() {
        String all = router.addresses(name);
        return all.lines().anyMatch(line -> LINK_LOCAL.matcher(line).find()
                && !line.contains("tentative") && !line.contains("dadfailed"));
    }

    public boolean has(String address) {
        return router.hasAddress(name, address);
    }

    public String name() {
        return name;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("Expected " + pattern + ", but found " + text);
        }
        return matcher.group(1);
    }
}
