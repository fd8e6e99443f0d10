package org.vrrpd.proto.core;

import java.nio.ByteBuffer;
import org.vrrpd.proto.config.VirtualAddress;
import org.vrrpd.proto.effect.Cause;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.FifoOpening;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.effect.NoteKind;
import org.vrrpd.proto.effect.ProcessWatch;
import org.vrrpd.proto.effect.Reports;
import org.vrrpd.proto.effect.RouterState;
import org.vrrpd.proto.effect.ScriptRun;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.IpAddress;
import org.vrrpd.proto.rtnetlink.RtnetlinkRequests;

/** The only pen that writes effects. It numbers them; rtnetlink requests it also enters into {@link Requests}. */
final class Outbox {

    private static final int ADDRESS_BYTES = 16;

    private final Requests requests;
    private final Moment moment;
    private Effects effects;
    private long lastEffectId;

    Outbox(Requests requests, Moment moment) {
        this.requests = requests;
        this.moment = moment;
    }

    void attach(Effects target) {
        effects = target;
    }

    // frames: beginFrame, encode at the returned offset of buffer(), endFrame

    /** Returns the offset in {@link #buffer()} at which the frame goes. */
    int beginFrame(EffectKind kind, int instance, int interfaceIndex) {
        int at = effects.begin(kind, instance, ++lastEffectId);
        effects.buffer().putInt(at, interfaceIndex);
        return at + 4;
    }

    ByteBuffer buffer() {
        return effects.buffer();
    }

    /** Returns the effect's id. */
    long endFrame(int frameLength) {
        effects.commit(4 + frameLength);
        return lastEffectId;
    }

    // rtnetlink requests; each returns its effect id

    long addAddress(int instance, int interfaceIndex, VirtualAddress address) {
        int at = beginRequest(EffectKind.ADD_ADDRESS, instance);
        return endRequest(RtnetlinkRequests.addAddress(buffer(), at, sequence(), interfaceIndex, address));
    }

    long addPlainAddress(int interfaceIndex, IpAddress address, int prefixLength, int scope) {
        int at = beginRequest(EffectKind.ADD_ADDRESS, Requests.CORE);
        return endRequest(RtnetlinkRequests.addPlainAddress(
                buffer(), at, sequence(), interfaceIndex, address, prefixLength, scope));
    }

    /** The kernel finds an IPv4 address that has a peer only with it; null: none. */
    long removeAddress(int instance, int interfaceIndex, IpAddress address, int prefixLength, IpAddress peer) {
        int at = beginRequest(EffectKind.REMOVE_ADDRESS, instance);
        return endRequest(RtnetlinkRequests.removeAddress(
                buffer(), at, sequence(), interfaceIndex, address, prefixLength, peer));
    }

    long createMacvlan(int instance, int parentIndex, String name, long mac, String alias) {
        int at = beginRequest(EffectKind.CREATE_VMAC, instance);
        return endRequest(RtnetlinkRequests.createMacvlan(
                buffer(), at, sequence(), parentIndex, name, mac, alias));
    }

    long deleteLink(int instance, int interfaceIndex) {
        int at = beginRequest(EffectKind.DELETE_VMAC, instance);
        return endRequest(RtnetlinkRequests.deleteLink(buffer(), at, sequence(), interfaceIndex));
    }

    long setLinkUp(int instance, int interfaceIndex, boolean up) {
        int at = beginRequest(EffectKind.CONFIGURE_LINK, instance);
        return endRequest(RtnetlinkRequests.setLinkUp(buffer(), at, sequence(), interfaceIndex, up));
    }

    long setAddressGenerationNone(int instance, int interfaceIndex) {
        int at = beginRequest(EffectKind.CONFIGURE_LINK, instance);
        return endRequest(RtnetlinkRequests.setAddressGenerationNone(buffer(), at, sequence(), interfaceIndex));
    }

    long setAlias(int instance, int interfaceIndex, String alias) {
        int at = beginRequest(EffectKind.CONFIGURE_LINK, instance);
        return endRequest(RtnetlinkRequests.setAlias(buffer(), at, sequence(), interfaceIndex, alias));
    }

    long dumpLinks() {
        int at = effects.begin(EffectKind.DUMP_LINKS, Effects.NO_INSTANCE, ++lastEffectId);
        return endRequest(RtnetlinkRequests.dumpLinks(buffer(), at, sequence()));
    }

    long dumpAddresses() {
        int at = effects.begin(EffectKind.DUMP_ADDRESSES, Effects.NO_INSTANCE, ++lastEffectId);
        return endRequest(RtnetlinkRequests.dumpAddresses(buffer(), at, sequence()));
    }

    private int beginRequest(EffectKind kind, int instance) {
        int at = effects.begin(kind, instance, ++lastEffectId);
        requests.sent(lastEffectId, instance);
        return at;
    }

    private int sequence() {
        return (int) lastEffectId;
    }

    private long endRequest(int length) {
        effects.commit(length);
        return lastEffectId;
    }

    // the rest

    /** @param address a multicast group, or an address of the interface */
    long openSocket(int socketId, int interfaceIndex, int protocol, IpAddress address) {
        int at = effects.begin(EffectKind.OPEN_SOCKET, Effects.NO_INSTANCE, ++lastEffectId);
        ByteBuffer out = buffer();
        out.putInt(at, socketId);
        out.putInt(at + 4, interfaceIndex);
        out.putInt(at + 8, address.family().number() << 24 | protocol << 16);
        out.putLong(at + 12, 0);
        out.putLong(at + 20, 0);
        address.write(out, at + 12);
        effects.commit(12 + ADDRESS_BYTES);
        return lastEffectId;
    }

    void closeSocket(int socketId) {
        int at = effects.begin(EffectKind.CLOSE_SOCKET, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().putInt(at, socketId);
        effects.commit(4);
    }

    long writeSysctl(String path, String value) {
        int at = effects.begin(EffectKind.WRITE_SYSCTL, Effects.NO_INSTANCE, ++lastEffectId);
        int end = Payloads.writeText(buffer(), at, path);
        effects.commit(Payloads.writeText(buffer(), end, value) - at);
        return lastEffectId;
    }

    long runScript(int instance, ScriptRun run) {
        int at = effects.begin(EffectKind.RUN_SCRIPT, instance, ++lastEffectId);
        effects.commit(run.write(buffer(), at));
        return lastEffectId;
    }

    long openFifo(FifoOpening opening) {
        int at = effects.begin(EffectKind.OPEN_FIFO, Effects.NO_INSTANCE, ++lastEffectId);
        effects.commit(opening.write(buffer(), at));
        return lastEffectId;
    }

    void closeFifo(String path) {
        int at = effects.begin(EffectKind.CLOSE_FIFO, Effects.NO_INSTANCE, ++lastEffectId);
        effects.commit(Payloads.writeText(buffer(), at, path) - at);
    }

    long writeFifo(String path, String line) {
        int at = effects.begin(EffectKind.WRITE_FIFO, Effects.NO_INSTANCE, ++lastEffectId);
        int end = Payloads.writeText(buffer(), at, path);
        effects.commit(Payloads.writeText(buffer(), end, line) - at);
        return lastEffectId;
    }

    long setFirewall(String script) {
        int at = effects.begin(EffectKind.SET_FIREWALL, Effects.NO_INSTANCE, ++lastEffectId);
        effects.commit(Payloads.writeText(buffer(), at, script) - at);
        return lastEffectId;
    }

    void reply(long requestId, boolean done, String text) {
        int at = effects.begin(EffectKind.REPLY, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().putLong(at, requestId);
        buffer().put(at + 8, (byte) (done ? 1 : 0));
        effects.commit(Payloads.writeText(buffer(), at + 9, text) - at);
    }

    void setLogLevel(LogLevel level) {
        int at = effects.begin(EffectKind.SET_LOG_LEVEL, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().put(at, (byte) level.number());
        effects.commit(1);
    }

    // what workers do

    void stopScript(long runEffect) {
        int at = effects.begin(EffectKind.STOP_SCRIPT, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().putLong(at, runEffect);
        effects.commit(8);
    }

    void watchFile(int watchId, int creation, int number, String path) {
        int at = effects.begin(EffectKind.WATCH_FILE, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().putInt(at, watchId);
        buffer().put(at + 4, (byte) creation);
        buffer().putInt(at + 5, number);
        effects.commit(Payloads.writeText(buffer(), at + 9, path) - at);
    }

    void watchProcesses(ProcessWatch watch) {
        int at = effects.begin(EffectKind.WATCH_PROCESSES, Effects.NO_INSTANCE, ++lastEffectId);
        effects.commit(watch.write(buffer(), at));
    }

    /** Of UNWATCH_FILE or UNWATCH_PROCESSES. */
    void unwatch(EffectKind kind, int watchId) {
        int at = effects.begin(kind, Effects.NO_INSTANCE, ++lastEffectId);
        buffer().putInt(at, watchId);
        effects.commit(4);
    }

    void end() {
        effects.begin(EffectKind.END, Effects.NO_INSTANCE, ++lastEffectId);
        effects.commit(0);
    }

    /** Reports a change of state, because of the moment's cause. */
    void reportTransition(int instance, String name, RouterState from, RouterState to, StateCause cause) {
        int at = effects.begin(EffectKind.REPORT_TRANSITION, instance, ++lastEffectId);
        effects.commit(new Reports.Transition(
                name, from, to, moment.sequence(), cause.cause(), cause.subject(), cause.detail())
                .write(buffer(), at));
    }

    /** Reports that a fault began or was cleared, because of the moment's cause. */
    void reportFault(int instance, String name, boolean began, ActiveFault fault) {
        int at = effects.begin(EffectKind.REPORT_FAULT, instance, ++lastEffectId);
        Cause cause = moment.cause();
        effects.commit(new Reports.Fault(
                name, began, fault.reason(), fault.subject(), fault.detail(),
                fault.sinceSequence(), fault.sinceNanos(),
                moment.sequence(), cause, moment.causeSubject(), moment.causeDetail())
                .write(buffer(), at));
    }

    /** The instance's name is empty when the note concerns the daemon. */
    void note(NoteKind kind, int instance, String name, String subject, String detail, long count) {
        int at = effects.begin(EffectKind.REPORT_NOTE, instance, ++lastEffectId);
        effects.commit(new Reports.Note(kind, name, subject, detail, count).write(buffer(), at));
    }

    void note(NoteKind kind, String subject, String detail) {
        note(kind, Effects.NO_INSTANCE, "", subject, detail, 1);
    }

    void note(NoteKind kind, String subject, String detail, long count) {
        note(kind, Effects.NO_INSTANCE, "", subject, detail, count);
    }

    void save(SnapshotWriter out) {
        out.putLong(lastEffectId);
    }

    void load(SnapshotReader in) {
        lastEffectId = in.getLong();
    }
}
