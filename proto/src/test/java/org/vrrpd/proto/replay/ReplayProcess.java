package org.vrrpd.proto.replay;

import java.nio.file.Path;

/** Replays a journal as whoever it is run as. */
public final class ReplayProcess {

    private ReplayProcess() {}

    public static void main(String[] arguments) {
        Replay.Result result = PipelineBed.replay(Path.of(arguments[0]));
        System.out.println(result.inputs() + " " + result.agrees());
    }
}
