package org.vrrpd.daemon.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vrrpd.proto.effect.ParameterMatch;
import org.vrrpd.proto.effect.ProcessWatch;

/** Which processes a watch means. Texts are compared byte by byte, each byte as one character. */
final class ProcessMatch {

    private static final int NAME_BYTES = 15;

    private final ProcessWatch watch;
    private final String name;
    private final List<String> parameters;

    ProcessMatch(ProcessWatch watch) {
        this.watch = watch;
        String process = bytewise(watch.process());
        name = watch.fullCommand() ? process : kernelName(process);
        parameters = watch.parameters().stream().map(ProcessMatch::bytewise).toList();
    }

    private static String bytewise(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What the kernel calls a program: its file, cut. */
    private static String kernelName(String process) {
        String file = process.substring(process.lastIndexOf('/') + 1);
        return file.length() > NAME_BYTES ? file.substring(0, NAME_BYTES) : file;
    }

    boolean needsCommandLine() {
        return watch.fullCommand() || watch.parameterMatch() != ParameterMatch.NONE;
    }

    /** @param commandLine only looked at if {@link #needsCommandLine} */
    boolean matches(String processName, List<String> commandLine) {
        if (!watch.fullCommand() && !name.equals(processName)) {
            return false;
        }
        if (!needsCommandLine()) {
            return true;
        }
        if (commandLine.isEmpty() || watch.fullCommand() && !name.equals(commandLine.get(0))) {
            return false;
        }
        return parametersMatch(commandLine.subList(1, commandLine.size()));
    }

    private boolean parametersMatch(List<String> actual) {
        int count = parameters.size();
        return switch (watch.parameterMatch()) {
            case NONE -> true;
            case EXACT -> actual.equals(parameters);
            case INITIAL -> actual.size() >= count && actual.subList(0, count).equals(parameters);
            case PARTIAL -> count == 0 || actual.size() >= count
                    && actual.subList(0, count - 1).equals(parameters.subList(0, count - 1))
                    && actual.get(count - 1).startsWith(parameters.get(count - 1));
        };
    }
}
