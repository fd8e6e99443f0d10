package org.vrrpd.daemon.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vrrpd.daemon.linux.PacketBatch;

class AdvertisementReaderTest {

    private static final long NOW = 1_000_000;
    private static final long EMPTY = 900_000;
    private static final long WALL = 1_700_000_000_000_000_000L;

    @Test
    void aPacketIsAsOldAsItsStampSays() {
        assertEquals(NOW - 40_000, AdvertisementReader.receivedNanos(NOW, WALL, WALL - 40_000, EMPTY));
    }

    @Test
    void aWallClockThatJumpedForwardsMakesItNotOlderThanTheLastEmptyQueue() {
        long hour = 3_600_000_000_000L;
        assertEquals(EMPTY, AdvertisementReader.receivedNanos(NOW, WALL + hour, WALL - 40_000, EMPTY));
    }

    @Test
    void aWallClockThatJumpedBackwardsMakesItNotNewerThanNow() {
        long hour = 3_600_000_000_000L;
        assertEquals(NOW, AdvertisementReader.receivedNanos(NOW, WALL - hour, WALL - 40_000, EMPTY));
    }

    @Test
    void withoutAStampItCameJustNow() {
        assertEquals(NOW, AdvertisementReader.receivedNanos(NOW, WALL, PacketBatch.NOT_TOLD, EMPTY));
    }
}
