package org.vrrpd.proto.config;

/**
 * Who is told of an instance's or a sync group's state; a command that is null is not run.
 *
 * @param deletedEvent an instance that a reload removes is told as DELETED, not as FAULT
 * @param any called with what it is, its name, its state and its priority
 * @param masterReceivedLower a MASTER heard an advertisement of a lower priority
 * @param priorityChanges changes of the priority are told to the FIFOs
 */
public record NotifyConfiguration(
        ScriptCommand master,
        ScriptCommand backup,
        ScriptCommand fault,
        ScriptCommand stop,
        ScriptCommand deleted,
        boolean deletedEvent,
        ScriptCommand any,
        ScriptCommand masterReceivedLower,
        boolean priorityChanges) {

    public static final NotifyConfiguration NONE =
            new NotifyConfiguration(null, null, null, null, null, false, null, null, false);
}
