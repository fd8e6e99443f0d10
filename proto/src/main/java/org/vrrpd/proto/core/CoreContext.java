package org.vrrpd.proto.core;

/** What every part of the core shares. */
record CoreContext(
        Moment moment, Requests requests, Outbox outbox, Kernel kernel, SocketKeeper sockets,
        SysctlKeeper sysctls, DuplicateAddressKeeper duplicates, Routers routers, AnnouncementSpacing spacing,
        NotifyLanes lanes, FifoKeeper fifos, Notifier notifier, StartupDelay startup,
        Trackers trackers, LinkSettling settling,
        FirewallKeeper firewall) {

    static CoreContext create() {
        Moment moment = new Moment();
        Requests requests = new Requests();
        Outbox outbox = new Outbox(requests, moment);
        Kernel kernel = new Kernel();
        Routers routers = new Routers();
        NotifyLanes lanes = new NotifyLanes(outbox, moment);
        FifoKeeper fifos = new FifoKeeper(outbox, moment);
        return new CoreContext(
                moment, requests, outbox, kernel,
                new SocketKeeper(outbox, moment, kernel),
                new SysctlKeeper(outbox, moment, kernel),
                new DuplicateAddressKeeper(outbox, moment, kernel),
                routers,
                new AnnouncementSpacing(moment, routers),
                lanes, fifos, new Notifier(lanes, fifos), new StartupDelay(outbox, moment),
                new Trackers(outbox, moment, routers), new LinkSettling(moment, kernel),
                new FirewallKeeper(outbox, moment));
    }
}
