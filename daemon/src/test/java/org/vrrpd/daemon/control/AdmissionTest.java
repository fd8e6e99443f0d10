package org.vrrpd.daemon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.vrrpd.daemon.control.Access.Role;

class AdmissionTest {

    private final Admission admission = new Admission(new ControlLimits.Connections(10, 8, 5, 3, 100));

    private int admitted(Role role, int firstUid, int users, int tries) {
        int admitted = 0;
        for (int user = 0; user < users; user++) {
            for (int i = 0; i < tries; i++) {
                admitted += admission.admit(role, firstUid + user) == null ? 1 : 0;
            }
        }
        return admitted;
    }

    @Test
    void oneUserHasItsShareAndReadersTheirs() {
        assertEquals(3, admitted(Role.READER, 1000, 1, 500));
        assertEquals(2, admitted(Role.READER, 1001, 5, 500));
    }

    @Test
    void readersLeaveRoomForAdminsAndBothForRoot() {
        assertEquals(5, admitted(Role.READER, 1000, 9, 9));
        assertEquals(3, admitted(Role.ADMIN, 2000, 9, 9));
        assertEquals(2, admitted(Role.ROOT, 0, 1, 500));
    }

    @Test
    void whatIsReleasedIsFreeForTheNext() {
        admitted(Role.READER, 1000, 9, 9);
        assertNotNull(admission.admit(Role.READER, 1000));
        admission.release(Role.READER, 1000);
        assertNull(admission.admit(Role.READER, 1000));
        assertEquals(5, admission.open());
    }
}
