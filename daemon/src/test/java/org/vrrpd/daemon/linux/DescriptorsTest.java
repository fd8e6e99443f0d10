package org.vrrpd.daemon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.vrrpd.proto.rtnetlink.NetlinkConstants;
import org.vrrpd.proto.rtnetlink.NetlinkCursor;
import org.vrrpd.proto.rtnetlink.RtnetlinkRequests;

/** Round trips through the kernel, that need no permission. */
class DescriptorsTest {

    private static final int SECOND_MILLIS = 1000;

    @Test
    void aTimerFiresAtItsTimeAndOnlyOnce() throws Exception {
        Clocks clocks = new Clocks();
        try (Epoll epoll = new Epoll(); TimerFd timer = new TimerFd()) {
            epoll.add(timer.fd(), 0x1_0000_0007L);
            assertEquals(0, epoll.await(0));
            long due = clocks.monotonicNanos() + 5_000_000;
            timer.arm(due);
            assertEquals(1, epoll.await(SECOND_MILLIS));
            assertEquals(0x1_0000_0007L, epoll.token(0));
            assertTrue(clocks.monotonicNanos() >= due);
            assertEquals(due, timer.fired());
            timer.arm(due + 3_600_000_000_000L);
            assertEquals(0, epoll.await(0));
            timer.arm(due); // in the past by now
            assertEquals(1, epoll.await(SECOND_MILLIS));
            assertEquals(due, timer.fired());
            timer.arm(Long.MAX_VALUE);
            assertEquals(0, epoll.await(0));
        }
    }

    @Test
    void aTimerThatIsPutOffMayFireEarlyButNeverLate() throws Exception {
        Clocks clocks = new Clocks();
        try (Epoll epoll = new Epoll(); TimerFd timer = new TimerFd()) {
            epoll.add(timer.fd(), 1);
            long due = clocks.monotonicNanos() + 5_000_000;
            timer.arm(due);
            timer.arm(due + 1_000_000);
            assertEquals(1, epoll.await(SECOND_MILLIS));
            assertEquals(due, timer.fired());
            timer.arm(due + 1_000_000);
            assertEquals(1, epoll.await(SECOND_MILLIS));
            assertTrue(clocks.monotonicNanos() >= due + 1_000_000);
            assertEquals(due + 1_000_000, timer.fired());
        }
    }

    @Test
    void aSignalFromAnotherThreadWakes() throws Exception {
        try (Epoll epoll = new Epoll(); EventFd event = new EventFd()) {
            epoll.add(event.fd(), 3);
            Thread other = new Thread(event::signal);
            other.start();
            assertEquals(1, epoll.await(SECOND_MILLIS));
            assertEquals(3, epoll.token(0));
            other.join();
            event.clear();
            assertEquals(0, epoll.await(0));
        }
    }

    @Test
    void theClocksAreThoseOfTheJvm() {
        long before = System.currentTimeMillis();
        long wall = new Clocks().realtimeNanos() / 1_000_000;
        assertTrue(wall >= before && wall <= System.currentTimeMillis());
    }

    @Test
    void theKernelAnswersADumpAtOnce() throws Exception {
        try (NetlinkSocket netlink = new NetlinkSocket(1 << 20, 40)) {
            ByteBuffer request = ByteBuffer.allocateDirect(256);
            assertEquals(0, netlink.send(request, 8, RtnetlinkRequests.dumpLinks(request, 8, 77)));
            NetlinkCursor cursor = new NetlinkCursor();
            int links = 0;
            boolean done = false;
            for (int length = netlink.receive(); length > 0; length = netlink.receive()) {
                cursor.wrap(netlink.datagram(), 40, length);
                while (cursor.next()) {
                    links += cursor.type() == NetlinkConstants.RTM_NEWLINK ? 1 : 0;
                    done |= cursor.type() == NetlinkConstants.NLMSG_DONE;
                }
            }
            assertTrue(done && links >= 1, links + " links"); // lo is everywhere
        }
    }

    @Test
    void whatTheKernelRefusesIsNamed() throws Exception {
        try (Epoll epoll = new Epoll()) {
            NativeCallException e = assertThrows(NativeCallException.class, () -> epoll.add(-1, 0));
            assertEquals(Errno.EBADF.number(), e.errno());
            assertEquals("epoll_ctl: bad file descriptor (EBADF)", e.getMessage());
        }
        assertEquals("errno 9999", Errno.text(9999));
    }
}
