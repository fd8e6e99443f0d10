package org.vrrpd.ctl.command;

import java.io.IOException;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.proto.control.RpcException;

/** What can be asked of vrrpctl. */
public interface Verb {

    /** Returns the exit status. */
    int run(Session session) throws IOException, RpcException, NoDaemonException, ProblemException;
}
