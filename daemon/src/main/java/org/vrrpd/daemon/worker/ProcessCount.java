package org.vrrpd.daemon.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vrrpd.proto.effect.ProcessWatch;

/** The processes that one watch means, and how many of them were told. */
final class ProcessCount {

    private final int id;
    private final ProcessMatch match;
    private final Set<Integer> processes = new HashSet<>();
    private int told = -1;

    ProcessCount(ProcessWatch watch) {
        id = watch.watchId();
        match = new ProcessMatch(watch);
    }

    boolean needsCommandLine() {
        return match.needsCommandLine();
    }

    void clear() {
        processes.clear();
    }

    /** True when that made a difference. */
    boolean update(int process, String name, List<String> commandLine) {
        return name != null && match.matches(name, commandLine) ? processes.add(process) : processes.remove(process);
    }

    /** A child is what its parent is, until it becomes another program. True when that made a difference. */
    boolean inherit(int parent, int child) {
        return processes.contains(parent) ? processes.add(child) : processes.remove(child);
    }

    boolean remove(int process) {
        return processes.remove(process);
    }

    void tell(Answers answers) {
        if (processes.size() != told) {
            told = processes.size();
            answers.processesCounted(id, told);
        }
    }
}
