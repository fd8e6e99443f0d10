package org.vrrpd.proto.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Another process with our class path and flags, to be killed the hard way. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    public ChildJvm(Class<?> main, String... arguments) throws IOException {
        this(List.of(), main, arguments);
    }

    /** @param flags beside ours, which they override */
    public ChildJvm(List<String> flags, Class<?> main, String... arguments) throws IOException {
        List<String> command = command(main, arguments);
        command.addAll(command.indexOf("-cp"), flags);
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The command line of such a process. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    public String readLine() throws IOException {
        return output.readLine();
    }

    public long pid() {
        return process.pid();
    }

    public void kill9() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill9();
    }
}
