package org.vrrpd.daemon.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.vrrpd.proto.inet.Family;

/**
 * Sends IP packets that bring their own header, each on a given interface to the destination that its header names, as
 * the kernel routes there; many with one call. It receives nothing.
 *
 * <p>Of an IPv4 header the kernel computes length and checksum anew, and chooses an ID only when that is 0; of an IPv6
 * header, and of what is behind either, it changes nothing. It refuses an IPv6 source that the interface does not have
 * (EINVAL), but not an IPv4 one.
 *
 * <p>Add packets, {@link #flush}, and ask for the errno of each; the buffer that holds them must not change between.
 */
public final class UnicastSocket implements OutgoingBatch, AutoCloseable {

    private static final int IPPROTO_RAW = 255;
    /** Network control, which the usual queueing disciplines send first. */
    private static final int PRIORITY = 7;
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;

    /** Where things are in a packet, in its socket address, and in the control message that names the interface. */
    private enum Layout {
        IPV4(20, 12, 16, 4, 16, 4, Constants.IPPROTO_IP, Constants.IP_PKTINFO, 12, 0, 4),
        IPV6(40, 8, 24, 16, 28, 8, Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO, 20, 16, 0);

        private static final int IPV6_SCOPE = 24;

        final int headerBytes;
        final int source;
        final int destination;
        final int addressBytes;
        final int nameBytes;
        final int nameAddress;
        final int level;
        final int type;
        final int controlBytes;
        final int controlSpace;
        final int controlInterface;
        final int controlSource;

        Layout(int headerBytes, int source, int destination, int addressBytes, int nameBytes, int nameAddress,
                int level, int type, int dataBytes, int dataInterface, int dataSource) {
            this.headerBytes = headerBytes;
            this.source = source;
            this.destination = destination;
            this.addressBytes = addressBytes;
            this.nameBytes = nameBytes;
            this.nameAddress = nameAddress;
            this.level = level;
            this.type = type;
            this.controlBytes = CONTROL_DATA + dataBytes;
            this.controlSpace = controlBytes + 7 & ~7;
            this.controlInterface = CONTROL_DATA + dataInterface;
            this.controlSource = CONTROL_DATA + dataSource;
        }
    }

    private final Layout layout;
    private final int fd;
    /** Why it could not be opened, which is then the errno of every packet; 0: it could. */
    private final int openErrno;
    private final NativeMemory names;
    private final NativeMemory controls;
    private final MessageHeader messages = new MessageHeader(BATCH);
    private final int[] errors = new int[BATCH];
    private int count;

    /** Never fails: a kernel without the family sends nothing of it, and everything else must go on. */
    public UnicastSocket(Family family) {
        layout = family == Family.IPV4 ? Layout.IPV4 : Layout.IPV6;
        names = NativeMemory.allocate(BATCH * layout.nameBytes);
        controls = NativeMemory.allocate(BATCH * layout.controlSpace);
        int opened = -1;
        int errno = 0;
        try {
            opened = Linux.socket(family.linuxNumber(), Constants.SOCK_RAW, IPPROTO_RAW);
        } catch (NativeCallException e) {
            errno = e.errno();
        }
        fd = opened;
        openErrno = errno;
        if (fd >= 0) {
            Linux.tryOption(fd, Constants.SOL_SOCKET, Constants.SO_PRIORITY, PRIORITY);
            Linux.tryOption(fd, Constants.SOL_SOCKET, Constants.SO_RCVBUF, 0); // others' packets of protocol 255
        }
        for (int i = 0; i < BATCH; i++) {
            prepare(i, family);
        }
    }

    private void prepare(int i, Family family) {
        ByteBuffer control = controls.bytes();
        int at = i * layout.controlSpace;
        control.putLong(at, layout.controlBytes);
        control.putInt(at + CONTROL_LEVEL, layout.level);
        control.putInt(at + CONTROL_TYPE, layout.type);
        names.bytes().putShort(i * layout.nameBytes, (short) family.linuxNumber());
        messages.name(i, names.address() + i * layout.nameBytes, layout.nameBytes);
        messages.control(i, controls.address() + at, layout.controlSpace);
    }

    @Override
    public boolean isFull() {
        return count == BATCH;
    }

    @Override
    public void add(int interfaceIndex, ByteBuffer direct, int offset, int length) {
        int name = count * layout.nameBytes;
        int control = count * layout.controlSpace;
        controls.bytes().putInt(control + layout.controlInterface, interfaceIndex);
        if (length >= layout.headerBytes) {
            copy(direct, offset + layout.destination, names.bytes(), name + layout.nameAddress);
            copy(direct, offset + layout.source, controls.bytes(), control + layout.controlSource);
        }
        if (layout == Layout.IPV6) {
            names.bytes().putInt(name + Layout.IPV6_SCOPE, interfaceIndex); // only link-local destinations need it
        }
        messages.data(count, NativeMemory.addressOf(direct) + offset, length);
        count++;
    }

    private void copy(ByteBuffer from, int offset, ByteBuffer to, int toOffset) {
        for (int i = 0; i < layout.addressBytes; i++) {
            to.put(toOffset + i, from.get(offset + i));
        }
    }

    @Override
    public int flush() {
        int flushed = count;
        if (openErrno == 0) {
            Linux.sendEach(fd, messages, flushed, errors);
        } else {
            Arrays.fill(errors, 0, flushed, openErrno);
        }
        count = 0;
        return flushed;
    }

    @Override
    public int errno(int index) {
        return errors[index];
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Linux.C.close(fd);
        }
    }
}
