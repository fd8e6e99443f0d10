package org.vrrpd.proto.simulation;

import static org.vrrpd.proto.rtnetlink.NetlinkConstants.IFA_F_PERMANENT;
import static org.vrrpd.proto.rtnetlink.NetlinkConstants.IFA_F_TENTATIVE;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.vrrpd.proto.event.EventKind;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;

/** Lets the statements of a scenario befall a LAN; {@link #FORMS} has all of them. */
public final class Director {

    static final String ROUTER = "[\\w.-]+";
    private static final String PORT = ROUTER + ":\\S+";
    private static final String PATH = "(all|" + ROUTER + " (->|<->) " + ROUTER + ")";
    private static final String NUMBER = "\\d{1,9}";
    private static final String KIND = "(interface|script|file|process) \\S+";
    private static final String TRACK = "track " + KIND + "( weight -?" + NUMBER + ")?( reverse)?|untrack " + KIND;

    /** What can be said, and as what the words behind the verb must look. */
    static final Map<String, Pattern> FORMS = Map.ofEntries(
            form("node", ROUTER + " (start|stop|kill|pause|resume|reload)"),
            form("link", PORT + " (up|down)"),
            form("carrier", PORT + " (on|off)"),
            form("remove-link", PORT),
            form("make-link", PORT + "( down| tunnel)?"),
            form("rename-link", PORT + " \\S+"),
            form("address", PORT + " (add|remove) \\S+/" + NUMBER),
            form("stranger", "\\S+ (comes|goes)"),
            form("sysctl", ROUTER + " \\S+ \\S+"),
            form("edit", ROUTER + " (back|broken|group \\S+ (gone|back)|instance \\S+ "
                    + "(gone|back|vmac (on|off)|(add|remove)-address \\S+|set \\S+( \\S+)?|" + TRACK + ")|"
                    + "script \\S+ (back|set \\S+( \\S+)?))"),
            form("cut", PATH),
            form("heal", PATH),
            form("loss", PATH + " " + NUMBER + "%"),
            form("duplicate", PATH + " " + NUMBER + "%"),
            form("corrupt", PATH + " " + NUMBER + "%"),
            form("delay", PATH + " \\S+"),
            form("jitter", PATH + " \\S+"),
            form("reflect", ROUTER + " " + NUMBER + "%"),
            form("split", ROUTER + "( " + ROUTER + ")*"),
            form("join", ROUTER + "( " + ROUTER + ")*"),
            form("drift", ROUTER + " -?" + NUMBER + "ppm"),
            form("wall-clock", ROUTER + " [-+]\\S+"),
            form("script", ROUTER + " \\S+ (exits " + NUMBER + "|takes \\S+|waits|hangs)"),
            form("notify", ROUTER + " (exits " + NUMBER + "|waits|hangs)"),
            form("fifo", ROUTER + " (full|missing|read)"),
            form("file", ROUTER + " \\S+ (holds \\S+|gone)"),
            form("processes", ROUTER + " \\S+ " + NUMBER),
            form("netlink", ROUTER + " (lost|overrun|joined|apart)"),
            form("buffer", ROUTER + " " + NUMBER),
            form("late", ROUTER + " (netlink|requests|answers) \\S+"),
            form("refuse", ROUTER + " (add-address|make-link|set-link|remove-address|send|socket|firewall) " + NUMBER));

    private static final int PER_CENT_IN_PER_MILLE = 10;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;

    private final Lan lan;

    private Director(Lan lan) {
        this.lan = lan;
    }

    private static Map.Entry<String, Pattern> form(String verb, String words) {
        return Map.entry(verb, Pattern.compile(words));
    }

    /** Arranges everything; it happens when the LAN's time comes to it. */
    public static void arrange(Lan lan, Scenario scenario) {
        Director director = new Director(lan);
        for (Statement statement : scenario.statements()) {
            lan.at(statement.atNanos(), () -> director.perform(statement));
        }
    }

    /** The statement, when it has one of the forms; throws IllegalArgumentException otherwise. */
    static Statement checked(Statement statement) {
        Pattern form = FORMS.get(statement.verb());
        if (form == null) {
            throw new IllegalArgumentException("Expected one of "
                    + String.join(", ", FORMS.keySet().stream().sorted().toList()) + ", but found " + statement.verb());
        }
        String words = String.join(" ", statement.words().subList(1, statement.words().size()));
        if (!form.matcher(words).matches()) {
            throw new IllegalArgumentException("Expected " + statement.verb() + " " + form.pattern()
                    .replace(PORT, "ROUTER:INTERFACE").replace(PATH, "all|ROUTER ->|<-> ROUTER")
                    .replace(ROUTER, "ROUTER").replace(NUMBER, "NUMBER").replace("\\S+", "WORD")
                    + ", but found " + words);
        }
        return statement;
    }

    /** What the word behind a verb names. */
    enum Subject { NODE, PORT, PATH, OTHER }

    /** Of a verb that there is. */
    static Subject subject(String verb) {
        String form = FORMS.get(verb).pattern();
        return form.startsWith(PORT) ? Subject.PORT
                : form.startsWith(ROUTER) ? Subject.NODE
                : form.startsWith(PATH) ? Subject.PATH : Subject.OTHER;
    }

    private void perform(Statement statement) {
        List<String> words = statement.words();
        switch (statement.verb()) {
            case "node" -> node(lan.router(words.get(1)), words.get(2));
            case "link", "carrier", "remove-link", "make-link", "rename-link", "address" -> port(words);
            case "cut", "heal", "loss", "duplicate", "corrupt", "delay", "jitter" -> path(words);
            case "reflect" -> lan.path(lan.router(words.get(1)), lan.router(words.get(1))).reflectPerMille =
                    perMille(words.get(2));
            case "split", "join" -> split(words.subList(1, words.size()), words.get(0).equals("split"));
            case "stranger" -> lan.stranger(IpAddress.parse(words.get(1)), words.get(2).equals("comes"));
            case "sysctl" -> lan.router(words.get(1)).host().kernel.sysctls.put(words.get(2), words.get(3));
            case "edit" -> lan.router(words.get(1)).edit(words.subList(2, words.size()));
            case "buffer" -> lan.router(words.get(1)).host().buffers.bytes = Integer.parseInt(words.get(2));
            case "late" -> late(lan.router(words.get(1)).host(), words.get(2), Statement.nanos(words.get(3)));
            case "notify" -> runs(lan.router(words.get(1)).host().workers, ModelWorkers.NOTIFY,
                    words.subList(2, words.size()));
            case "fifo" -> fifo(lan.router(words.get(1)).host(), words.get(2));
            case "drift" -> lan.drift(lan.router(words.get(1)), Long.parseLong(words.get(2).replace("ppm", "")));
            case "wall-clock" -> lan.router(words.get(1)).stepWallClock(Statement.nanos(words.get(2)));
            case "netlink" -> netlink(lan.router(words.get(1)).host(), words.get(2));
            case "refuse" -> refuse(lan.router(words.get(1)).host(), words.get(2), Integer.parseInt(words.get(3)));
            default -> tracked(lan.router(words.get(1)).host().workers, words);
        }
    }

    private void node(SimulatedRouter router, String what) {
        switch (what) {
            case "start" -> lan.start(router);
            case "stop" -> router.stop();
            case "kill" -> router.kill();
            case "pause" -> router.pause();
            case "resume" -> router.resume();
            default -> router.reload();
        }
    }

    /** What befalls an interface that is not there befalls nobody. */
    private void port(List<String> words) {
        String[] port = words.get(1).split(":", 2);
        ModelKernel kernel = lan.router(port[0]).host().kernel;
        ModelKernel.Link link = kernel.byName(port[1]);
        if (words.get(0).equals("make-link")) {
            plugIn(kernel, link, port[1], words.size() == 2 ? "" : words.get(2));
            return;
        }
        if (link == null) {
            return;
        }
        switch (words.get(0)) {
            case "link" -> kernel.setUp(link, words.get(2).equals("up"));
            case "carrier" -> kernel.setCarrier(link, words.get(2).equals("on"));
            case "remove-link" -> kernel.linkRemoved(link);
            case "rename-link" -> rename(kernel, link, words.get(2));
            default -> address(kernel, link, words.get(2), words.get(3));
        }
    }

    /** One that has the name already gets the cable, if nobody has it. */
    private static void plugIn(ModelKernel kernel, ModelKernel.Link present, String name, String how) {
        if (present == null) {
            boolean tunnel = how.equals("tunnel");
            kernel.setUp(tunnel ? kernel.tunnelAppeared(name) : kernel.linkAppeared(name), !how.equals("down"));
        } else if (present.parent == 0 && present.isEthernet() && kernel.pluggedIn(name) == null) {
            present.plug = name;
        }
    }

    /** Linux refuses a name that another has. */
    private static void rename(ModelKernel kernel, ModelKernel.Link link, String name) {
        if (kernel.byName(name) == null) {
            kernel.renamed(link, name);
        }
    }

    private static void address(ModelKernel kernel, ModelKernel.Link link, String what, String address) {
        IpAddress bare = IpAddress.parse(address.substring(0, address.indexOf('/')));
        boolean present = link.find(bare) != null;
        if (what.equals("remove") && present) {
            kernel.addressRemoved(link, bare.toString());
        } else if (what.equals("add") && !present) {
            int flags = bare.family() == Family.IPV6 ? IFA_F_PERMANENT | IFA_F_TENTATIVE : IFA_F_PERMANENT;
            kernel.addressAdded(link, address, flags);
        }
    }

    private void path(List<String> words) {
        String value = words.get(words.size() - 1);
        Consumer<Path> change = switch (words.get(0)) {
            case "cut" -> path -> path.cut = true;
            case "heal" -> Path::heal;
            case "loss" -> path -> path.lossPerMille = perMille(value);
            case "duplicate" -> path -> path.duplicatePerMille = perMille(value);
            case "corrupt" -> path -> path.corruptPerMille = perMille(value);
            case "delay" -> path -> path.delayNanos = Statement.nanos(value);
            default -> path -> path.jitterNanos = Statement.nanos(value);
        };
        for (SimulatedRouter from : lan.routers()) {
            for (SimulatedRouter to : lan.routers()) {
                if (isMeant(words, from.name(), to.name())) {
                    change.accept(lan.path(from, to));
                }
            }
        }
    }

    /** Between these and all others nothing passes any more, or all does. */
    private void split(List<String> names, boolean cut) {
        for (SimulatedRouter from : lan.routers()) {
            for (SimulatedRouter to : lan.routers()) {
                if (names.contains(from.name()) != names.contains(to.name())) {
                    lan.path(from, to).cut = cut;
                }
            }
        }
    }

    private static int perMille(String perCent) {
        return PER_CENT_IN_PER_MILLE * Integer.parseInt(perCent.replace("%", ""));
    }

    private static boolean isMeant(List<String> words, String from, String to) {
        if (words.get(1).equals("all")) {
            return true;
        }
        boolean forth = words.get(1).equals(from) && words.get(3).equals(to);
        boolean back = words.get(1).equals(to) && words.get(3).equals(from);
        return forth || back && words.get(2).equals("<->");
    }

    private static void netlink(SimulatedHost host, String what) {
        if (what.equals("joined") || what.equals("apart")) {
            host.joining = what.equals("joined");
        } else if (what.equals("lost")) {
            host.kernel.dropping = true;
        } else if (host.kernel.dropping) {
            host.kernel.dropping = false;
            host.happened(EventKind.NETLINK_OVERRUN, new byte[0]);
        }
    }

    /** What the kernel tells, what it is asked to do, or how other effects ended, comes so much later. */
    private static void late(SimulatedHost host, String what, long nanos) {
        switch (what) {
            case "netlink" -> host.netlink.nanos = nanos;
            case "requests" -> host.kernel.requested.nanos = nanos;
            default -> host.answers.nanos = nanos;
        }
    }

    private static void fifo(SimulatedHost host, String what) {
        host.lineErrno = what.equals("full") ? EAGAIN : 0;
        host.fifoErrno = what.equals("missing") ? EACCES : 0;
    }

    /** @param errno 0: it is refused no longer */
    private static void refuse(SimulatedHost host, String what, int errno) {
        switch (what) {
            case "send" -> host.sendErrno = errno;
            case "socket" -> host.socketErrno = errno;
            case "firewall" -> host.firewallErrno = errno;
            case "add-address" -> host.kernel.refuse(NetlinkConstants.RTM_NEWADDR, errno);
            case "remove-address" -> host.kernel.refuse(NetlinkConstants.RTM_DELADDR, errno);
            case "make-link" -> host.kernel.refuse(NetlinkConstants.RTM_NEWLINK, errno);
            default -> host.kernel.refuse(NetlinkConstants.RTM_SETLINK, errno);
        }
    }

    private static void runs(ModelWorkers workers, String kind, List<String> words) {
        switch (words.get(0)) {
            case "exits" -> workers.ends(kind, Integer.parseInt(words.get(1)));
            case "takes" -> workers.takes(kind, Statement.nanos(words.get(1)));
            case "waits" -> workers.never(kind, true);
            default -> workers.never(kind, false);
        }
    }

    private static void tracked(ModelWorkers workers, List<String> words) {
        String name = words.get(2);
        switch (words.get(0)) {
            case "script" -> runs(workers, "vrrp_script " + name, words.subList(3, words.size()));
            case "file" -> {
                if (words.get(3).equals("holds")) {
                    workers.written(name, words.get(4) + "\n");
                } else {
                    workers.deleted(name);
                }
            }
            default -> workers.run(name, Integer.parseInt(words.get(3)));
        }
    }
}
