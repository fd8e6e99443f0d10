package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;

/**
 * Hears of every process that begins, becomes another program, renames itself or ends: the kernel's proc connector,
 * which needs CAP_NET_ADMIN in the first network namespace and the first PID namespace.
 */
public final class ProcessConnector implements AutoCloseable {

    private static final int RECEIVE_BYTES = 1024 * 1024;
    private static final int MESSAGE_BYTES = 4096;
    private static final int ADDRESS_BYTES = 12;
    private static final int ADDRESS_PORT = 4;
    private static final int ADDRESS_GROUPS = 8;
    private static final int CN_IDX_PROC = 1;
    private static final int CN_VAL_PROC = 1;
    private static final int NLMSG_DONE = 3;
    private static final int PROC_CN_MCAST_LISTEN = 1;
    private static final int CONNECTOR = 16;
    private static final int CONNECTOR_LENGTH = CONNECTOR + 16;
    private static final int EVENT = CONNECTOR + 20;
    private static final int REQUEST_BYTES = EVENT + 4;
    /** Of the union behind kind, processor and time. */
    private static final int DATA = EVENT + 16;
    private static final int SHORTEST = DATA + 8;

    private static final int NONE = 0;
    private static final int FORK = 1;
    private static final int EXEC = 2;
    private static final int COMM = 0x200;
    private static final int EXIT = 0x8000_0000;

    private final int fd;
    private final NativeMemory buffer = NativeMemory.allocate(MESSAGE_BYTES);
    private final NativeMemory address = NativeMemory.allocate(ADDRESS_BYTES);
    private final MessageHeader header = new MessageHeader(1);
    private boolean acknowledged;

    /** Hears of processes; of their other threads nothing is told. */
    public interface Listener {

        void forked(int parent, int child);

        /** It is another program now, or has another name. */
        void changed(int process);

        void ended(int process);

        /** Some of it was lost. */
        void lost();
    }

    private ProcessConnector(int fd) {
        this.fd = fd;
    }

    /** Where it is not permitted, or not there, the exception says what the kernel said. */
    public static ProcessConnector open() throws NativeCallException {
        ProcessConnector made = new ProcessConnector(Linux.check(Linux.C.socket(Constants.AF_NETLINK,
                Constants.SOCK_DGRAM | Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK,
                Constants.NETLINK_CONNECTOR), "socket"));
        try {
            made.subscribe();
            return made;
        } catch (NativeCallException e) {
            made.close();
            throw e;
        }
    }

    private void subscribe() throws NativeCallException {
        Linux.setReceiveBuffer(fd, RECEIVE_BYTES);
        address.bytes().putShort(0, (short) Constants.AF_NETLINK);
        address.bytes().putInt(ADDRESS_GROUPS, CN_IDX_PROC);
        Linux.check(Linux.C.bind(fd, address.address(), ADDRESS_BYTES), "bind");
        ByteBuffer out = buffer.bytes();
        out.putInt(0, REQUEST_BYTES);
        out.putShort(4, (short) NLMSG_DONE);
        out.putInt(CONNECTOR, CN_IDX_PROC);
        out.putInt(CONNECTOR + 4, CN_VAL_PROC);
        out.putShort(CONNECTOR_LENGTH, (short) 4);
        out.putInt(EVENT, PROC_CN_MCAST_LISTEN);
        Linux.check((int) Linux.C.send(fd, buffer.address(), REQUEST_BYTES, 0), "send");
        read(new Ignored()); // the kernel answers while it takes the request
        if (!acknowledged) { // outside of the first namespaces it says nothing at all
            throw new NativeCallException("PROC_CN_MCAST_LISTEN", Errno.EPERM.number());
        }
    }

    public int fd() {
        return fd;
    }

    /** Tells all that has happened so far. */
    public void read(Listener listener) throws NativeCallException {
        while (true) {
            header.data(0, buffer.address(), MESSAGE_BYTES);
            header.name(0, address.address(), ADDRESS_BYTES);
            int length = (int) Linux.C.recvmsg(fd, header.address(0), Constants.MSG_DONTWAIT);
            if (length < 0) {
                int errno = Linux.errno();
                if (Errno.EAGAIN.is(errno)) {
                    return;
                }
                if (Errno.ENOBUFS.is(errno)) {
                    listener.lost();
                } else if (!Errno.EINTR.is(errno)) {
                    throw new NativeCallException("recvmsg of the proc connector", errno);
                }
            } else if (length >= SHORTEST && address.bytes().getInt(ADDRESS_PORT) == 0) {
                tell(buffer.bytes(), listener); // what other processes send here is dropped
            }
        }
    }

    private void tell(ByteBuffer in, Listener listener) throws NativeCallException {
        int process = in.getInt(DATA);
        int leader = in.getInt(DATA + 4);
        switch (in.getInt(EVENT)) {
            case NONE -> {
                acknowledged = process == 0;
                if (process != 0) {
                    throw new NativeCallException("PROC_CN_MCAST_LISTEN", process);
                }
            }
            case FORK -> {
                int child = in.getInt(DATA + 8);
                if (child == in.getInt(DATA + 12)) {
                    listener.forked(leader, child);
                }
            }
            case EXEC, COMM -> {
                if (process == leader) {
                    listener.changed(leader);
                }
            }
            case EXIT -> {
                if (process == leader) {
                    listener.ended(leader);
                }
            }
            default -> { } // users, groups, sessions, dumps
        }
    }

    private static final class Ignored implements Listener {

        @Override
        public void forked(int parent, int child) {
            // nobody has asked yet
        }

        @Override
        public void changed(int process) {
            // nobody has asked yet
        }

        @Override
        public void ended(int process) {
            // nobody has asked yet
        }

        @Override
        public void lost() {
            // nobody has asked yet
        }
    }

    @Override
    public void close() {
        Linux.C.close(fd);
    }
}
