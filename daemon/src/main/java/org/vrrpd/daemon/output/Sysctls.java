package org.vrrpd.daemon.output;

import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.ProcFile;

/** Kernel settings, named by their path below /proc/sys, so that a dot in an interface's name means nothing. */
public final class Sysctls {

    private static final String ROOT = "/proc/sys/";

    /** Returns the former value. A path that leads elsewhere is refused with an IllegalArgumentException. */
    public String write(String path, String value) throws NativeCallException {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("Expected a path below " + ROOT + ", but found " + path);
            }
        }
        return ProcFile.replace(ROOT + path, value);
    }
}
