package org.vrrpd.proto.core;

import java.util.ArrayList;
import java.util.List;

/** All routers in the order of the configuration, and which of them an event has touched or made doubtful. */
final class Routers {

    private List<VirtualRouter> all = new ArrayList<>();
    private List<SyncGroup> groups = new ArrayList<>();
    private final List<VirtualRouter> touched = new ArrayList<>();
    private boolean doubtful;

    List<VirtualRouter> all() {
        return all;
    }

    List<SyncGroup> groups() {
        return groups;
    }

    void replace(List<VirtualRouter> routers, List<SyncGroup> syncGroups) {
        clearTouched();
        all = routers;
        groups = syncGroups;
    }

    /** Its deadlines may have changed. Allocates nothing in the steady state. */
    void touch(VirtualRouter router) {
        if (!router.touched) {
            router.touched = true;
            touched.add(router);
        }
    }

    List<VirtualRouter> touched() {
        return touched;
    }

    void clearTouched() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).touched = false;
        }
        touched.clear();
    }

    /** What is observed about it changed: faults and everything kept in the kernel must be looked at again. */
    void doubt(VirtualRouter router) {
        router.doubtful = true;
        doubtful = true;
        touch(router);
    }

    /** Of those that the link concerns. */
    void doubtThoseOf(ObservedLink link) {
        for (VirtualRouter router : all) {
            if (router.dependsOn(link, link.name)) {
                doubt(router);
            }
        }
    }

    void doubtAll() {
        all.forEach(this::doubt);
        doubtful = true;
    }

    /** True once after a doubt was raised. */
    boolean takeDoubt() {
        boolean was = doubtful;
        doubtful = false;
        return was;
    }

    /** Names are given in the order of the configuration, so that they are the same after each start. */
    boolean isVmacNameOfEarlier(String name, VirtualRouter than) {
        for (VirtualRouter router : all) {
            if (router == than) {
                return false;
            }
            if (router.vmac != null && router.vmac.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Null when there is none with the id. */
    VirtualRouter byId(int id) {
        for (VirtualRouter router : all) {
            if (router.id == id) {
                return router;
            }
        }
        return null;
    }
}
