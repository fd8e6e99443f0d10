package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.vrrpd.ctl.Terminal;
import org.vrrpd.ctl.client.ControlClient;
import org.vrrpd.ctl.client.NoDaemonException;
import org.vrrpd.ctl.render.JsonRenderer;
import org.vrrpd.ctl.render.Renderer;
import org.vrrpd.ctl.render.TextRenderer;
import org.vrrpd.proto.control.RpcException;

/** One call of vrrpctl: where it prints and whom it asks. */
public final class Session {

    static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Reading a long journal or a large configuration may take longer. */
    static final Duration LONG_PATIENCE = Duration.ofSeconds(60);

    private final Terminal terminal;
    private final Path socket;

    public Session(Terminal terminal, Path socket) {
        this.terminal = terminal;
        this.socket = socket;
    }

    Renderer renderer(boolean json) {
        return json ? new JsonRenderer(terminal.clock().getZone())
                : new TextRenderer(terminal.layout(), terminal.clock());
    }

    Clock clock() {
        return terminal.clock();
    }

    ControlClient connect() throws NoDaemonException {
        return ControlClient.connect(socket);
    }

    JsonNode ask(String method, ObjectNode params, Duration patience)
            throws NoDaemonException, RpcException {
        try (ControlClient client = connect()) {
            return client.call(method, params, patience);
        }
    }

    /** False when nobody reads any more, which is no error but the end. */
    boolean print(String text) {
        if (!text.isEmpty()) {
            terminal.out().println(text);
        }
        return !terminal.out().checkError();
    }

    /** Where it is not taken for the result. */
    void printAside(String text) {
        if (!text.isEmpty()) {
            terminal.err().println(text);
        }
    }

    void warn(String text) {
        terminal.err().println("vrrpctl: " + text);
    }
}
