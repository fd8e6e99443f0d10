package org.vrrpd.daemon.output;

import java.nio.ByteBuffer;
import org.vrrpd.daemon.linux.Errno;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.daemon.linux.PacketSocket;
import org.vrrpd.daemon.linux.VrrpSockets;
import org.vrrpd.proto.effect.EffectKind;
import org.vrrpd.proto.effect.Effects;
import org.vrrpd.proto.effect.LogLevel;
import org.vrrpd.proto.event.Payloads;
import org.vrrpd.proto.inet.Family;
import org.vrrpd.proto.inet.IpAddress;

/**
 * Executes the effects of one event in the order of their emission. Frames that stand side by side leave with one call;
 * nothing else overtakes them. What fails becomes a result, and never stops what is behind it.
 */
public final class EffectExecutor implements AutoCloseable {

    private static final int OPEN_INTERFACE = 4;
    private static final int OPEN_FAMILY = 8;
    private static final int OPEN_PROTOCOL = 9;
    private static final int OPEN_ADDRESS = 12;
    private static final int REPLY_DONE = 8;
    private static final int REPLY_TEXT = 9;

    private final PacketOutput packets;
    private final KernelRequests requests;
    private final VrrpSockets sockets;
    private final Sysctls sysctls;
    private final WorkRequests work;
    private final Replies replies;
    private final ReportListener reports;
    private final EffectResults results;
    private boolean ended;

    public EffectExecutor(
            PacketSocket packets, KernelRequests requests, VrrpSockets sockets, Sysctls sysctls,
            WorkRequests work, Replies replies, ReportListener reports, EffectResults results) {
        this.packets = new PacketOutput(packets, results);
        this.requests = requests;
        this.sockets = sockets;
        this.sysctls = sysctls;
        this.work = work;
        this.replies = replies;
        this.reports = reports;
        this.results = results;
    }

    /**
     * @param sequence of the event that caused them
     * @param coreNanos of the same
     */
    public void execute(Effects effects, long sequence, long coreNanos) {
        for (int at = 0; at < effects.end(); at = effects.next(at)) {
            EffectKind kind = effects.kind(at);
            if (PacketOutput.sends(kind)) {
                packets.add(effects, at, kind);
            } else {
                packets.flush();
                if (kind.isNetlinkRequest()) {
                    requests.send(effects, at, kind);
                } else {
                    executeOther(kind, effects, at, sequence, coreNanos);
                }
            }
        }
        packets.flush();
    }

    /** True when the core has released everything, and the process may end. */
    public boolean ended() {
        return ended;
    }

    /** Closes what it has opened itself. */
    @Override
    public void close() {
        packets.close();
    }

    private void executeOther(EffectKind kind, Effects effects, int at, long sequence, long coreNanos) {
        ByteBuffer buffer = effects.buffer();
        int payload = effects.payloadOffset(at);
        switch (kind) {
            case OPEN_SOCKET -> openSocket(buffer, payload, effects.id(at));
            case CLOSE_SOCKET -> sockets.close(buffer.getInt(payload));
            case WRITE_SYSCTL -> writeSysctl(buffer, payload, effects.id(at));
            case REPLY -> replies.reply(buffer.getLong(payload), buffer.get(payload + REPLY_DONE) == 1,
                    Payloads.readText(buffer, payload + REPLY_TEXT));
            case REPORT_TRANSITION, REPORT_FAULT, REPORT_NOTE ->
                    reports.report(kind, buffer, payload, effects.payloadLength(at), sequence, coreNanos);
            case RUN_SCRIPT, STOP_SCRIPT, OPEN_FIFO, CLOSE_FIFO, WRITE_FIFO, WATCH_FILE, UNWATCH_FILE,
                    WATCH_PROCESSES, UNWATCH_PROCESSES, SET_FIREWALL ->
                    work.request(kind, buffer, payload, effects.payloadLength(at), effects.id(at));
            case SET_LOG_LEVEL -> reports.setLevel(LogLevel.ofNumber(buffer.get(payload)));
            case END -> ended = true;
            default -> throw new IllegalStateException("Expected an effect that is executed here, but found " + kind);
        }
    }

    private void openSocket(ByteBuffer buffer, int payload, long effectId) {
        Family family = Family.ofNumber(buffer.get(payload + OPEN_FAMILY));
        IpAddress address = IpAddress.read(family, buffer, payload + OPEN_ADDRESS);
        try {
            sockets.open(buffer.getInt(payload), family, buffer.get(payload + OPEN_PROTOCOL) & 255,
                    buffer.getInt(payload + OPEN_INTERFACE), address);
            results.succeeded(effectId, "");
        } catch (NativeCallException e) {
            results.failed(effectId, e.errno(), e.call());
        }
    }

    private void writeSysctl(ByteBuffer buffer, int payload, long effectId) {
        String path = Payloads.readText(buffer, payload);
        String value = Payloads.readText(buffer, Payloads.skipText(buffer, payload));
        try {
            results.succeeded(effectId, sysctls.write(path, value));
        } catch (NativeCallException e) {
            results.failed(effectId, e.errno(), e.call() + " " + path);
        } catch (IllegalArgumentException e) {
            results.failed(effectId, Errno.EINVAL.number(), e.getMessage());
        }
    }
}
