package org.vrrpd.system;

import java.util.ArrayList;
import java.util.List;

/** One network namespace. */
public final class Namespace {

    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    static Namespace create(String name) {
        Shell.must("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.ip("link set lo up");
        return namespace;
    }

    /** One that is there already. */
    static Namespace existing(String name) {
        return new Namespace(name);
    }

    public String name() {
        return name;
    }

    /** Runs {@code ip} commands, each a line without the word ip, in one process and in this order. */
    public String ip(String... lines) {
        List<String> command = List.of("ip", "-n", name, "-batch", "-");
        return Shell.run(command, String.join("\n", lines) + "\n").orFail().output();
    }

    /** The same for commands that may fail, such as removing what may be gone. */
    public void tryIp(String line) {
        Shell.run(List.of("ip", "-n", name, "-batch", "-"), line + "\n");
    }

    /** A command that runs inside. {@code ip netns exec} replaces itself: the process id is the command's own. */
    public List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(command);
        return whole;
    }

    public String run(String... command) {
        return Shell.run(inside(List.of(command))).orFail().output();
    }

    /** @param settings each "net.ipv4.conf.eth0.arp_ignore=1" */
    public void sysctl(String... settings) {
        List<String> command = new ArrayList<>(List.of("sysctl", "-qw"));
        command.addAll(List.of(settings));
        Shell.run(inside(command)).orFail();
    }

    public boolean hasAddress(String device, String address) {
        return addresses(device).contains(" " + address + "/");
    }

    public boolean hasAddressAnywhere(String address) {
        return show("addr", "show").contains(" " + address + "/");
    }

    /** Empty when there is no such device. */
    public String addresses(String device) {
        return show("addr", "show", "dev", device);
    }

    public boolean hasLink(String device) {
        return !show("link", "show", "dev", device).contains("does not exist");
    }

    public String linkState(String device) {
        return show("link", "show", "dev", device);
    }

    /** One line an object; for what does not exist the words that say so. */
    public String show(String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name, "-o"));
        command.addAll(List.of(words));
        return Shell.run(command).output();
    }

    /** Ends whatever still runs inside: a process that outlived its test would keep the namespace alive, unnamed. */
    void delete() {
        List<String> left = Shell.run(List.of("ip", "netns", "pids", name)).output().lines()
                .filter(line -> line.matches("\\d+")).toList();
        if (!left.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
            command.addAll(left);
            Shell.run(command);
        }
        Shell.run(List.of("ip", "netns", "del", name));
    }
}
