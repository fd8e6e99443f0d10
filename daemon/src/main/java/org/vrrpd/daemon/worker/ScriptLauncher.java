package org.vrrpd.daemon.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vrrpd.daemon.linux.Accounts.User;
import org.vrrpd.daemon.linux.ChildProcess;
import org.vrrpd.daemon.linux.NativeCallException;
import org.vrrpd.proto.effect.ScriptRun;

/**
 * Starts a script as its user, through setpriv, which becomes the script: the process started is the script itself,
 * and the head of all that it starts. It is told to end (SIGTERM) when the thread that started it does, that is, when
 * the daemon dies in whatever way.
 *
 * <p>A file without #! is run by /bin/sh, as by every shell; one that may not be executed is not run at all.
 */
final class ScriptLauncher {

    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private final ScriptUsers users = new ScriptUsers();
    private final ScriptEnvironment environment;

    ScriptLauncher() throws IOException {
        this(ScriptEnvironment.ofProcess());
    }

    ScriptLauncher(ScriptEnvironment environment) {
        this.environment = environment;
    }

    ScriptEnvironment environment() {
        return environment;
    }

    ScriptUsers users() {
        return users;
    }

    /** Can take long: users may be looked up across a network, and so may the file. */
    ChildProcess start(ScriptRun run) throws NotStartedException {
        if (run.arguments().isEmpty() || run.arguments().get(0).isEmpty()) {
            throw new NotStartedException("there is no command");
        }
        User user = users.find(run.user(), run.group());
        Path program = ScriptFile.find(run.arguments().get(0), environment.path(), users.isSelf(user));
        if (run.secure() && user.uid() == 0) {
            ScriptFile.requireSecure(program);
        }
        List<byte[]> arguments = new ArrayList<>();
        prefix(user).forEach(word -> arguments.add(bytes(word)));
        arguments.add(bytes(program.toString()));
        run.arguments().stream().skip(1).forEach(word -> arguments.add(bytes(word)));
        try {
            return ChildProcess.start(
                    arguments, environment.variables(), ChildProcess.NOWHERE, ChildProcess.NOWHERE);
        } catch (NativeCallException e) {
            throw new NotStartedException(e.getMessage());
        }
    }

    private List<String> prefix(User user) throws NotStartedException {
        Path setpriv = SETPRIV.stream().filter(Files::isExecutable).findFirst().orElseThrow(() ->
                new NotStartedException("there is no " + SETPRIV.get(0) + ", which the package util-linux has"));
        List<String> words = new ArrayList<>(List.of(setpriv.toString(), "--pdeathsig", "TERM"));
        if (!users.isSelf(user)) {
            words.addAll(List.of(
                    "--reuid", Integer.toUnsignedString(user.uid()), "--regid", Integer.toUnsignedString(user.gid()),
                    "--clear-groups"));
        }
        words.add("--");
        return words;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }
}
