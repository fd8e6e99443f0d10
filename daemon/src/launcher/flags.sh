archive=${VRRPD_ARCHIVE:-$home/lib/$program.jsa}
archive_out=${VRRPD_ARCHIVE_OUT:-}
class_list=${VRRPD_CLASS_LIST:-}

# Unquoted on purpose: the variable holds words.
# shellcheck disable=SC2086
set -- ${VRRPD_JAVA_OPTS:-} -jar "$home/lib/$program.jar" "$@"

# JDK 25 warns of Unsafe without the second flag, JDK 17 would refuse it without the first.
set -- -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow "$@"

# The advertisement path does not allocate, so the serial collector has nothing to do while packets flow. A young part
# is collected in 2 to 5 ms; all of the heap takes 30 ms, for which the protocol thread waits. So what a client's answer
# needs dies young, and there is room for what does not: neither costs memory until it is used.
set -- -Xms28m -XX:NewSize=8m -XX:MaxNewSize=8m -XX:SurvivorRatio=2 -Xmx64m "$@"
# The classes that a reload is the first to need are no reason to collect all of the heap either.
set -- -XX:+UseSerialGC -XX:+DisableExplicitGC -XX:MetaspaceSize=64m "$@"
set -- -Xss512k -XX:MaxDirectMemorySize=32m "$@"

# C1 alone: no deoptimization in the middle of a takeover, and 20 MB less.
set -- -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=16m "$@"

# Never compiled: jnr's assembler is one method of a thousand cases, used a few hundred times at the start; compiling it
# takes a tenth of a second and 14 MB that stay with us. The other is its like in the class files of JDK 25.
set -- -XX:CompileCommand=quiet -XX:CompileCommand=exclude,jnr.x86asm.Assembler::_emitX86 \
    -XX:CompileCommand=exclude,jdk.internal.classfile.impl.StackMapGenerator::processBlock "$@"

# No stop of all threads without a reason, and no file in /tmp.
set -- -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:GuaranteedSafepointInterval=0 "$@"

# Out of memory ends the process: the supervisor starts a daemon that works. A crash report goes to the log.
set -- -XX:+ExitOnOutOfMemoryError -XX:+ErrorFileToStderr "$@"

# Chronicle: no phoning home, no thread that watches the disk, no wait for a lock of the dead (we hold our own).
set -- -Dchronicle.analytics.disable=true -Dchronicle.disk.monitor.disable=true \
    -Dqueue.force.unlock.mode=ALWAYS "$@"

# Netty: no pools for a few control clients, no search for a machine id.
set -- -Dio.netty.allocator.type=unpooled -Dio.netty.noPreferDirect=true \
    -Dio.netty.machineId=00:00:00:00:00:00:00:01 -Dio.netty.processId=1 "$@"

# What a library would print through the JDK's logging is not for the operator: without a configuration it goes nowhere.
set -- -Djava.util.logging.config.file=/dev/null "$@"

# The native libraries beside us: else they are extracted to /tmp at each start, which fails when that is noexec.
set -- -Djffi.boot.library.path="$home/native" -Djava.library.path="$home/native" "$@"

# keepalived's signals for dumps, two of them real-time signals that would end a JVM: blocked in all its threads, and
# read from a descriptor. HotSpot uses SIGUSR2 itself unless it is given another. An env that cannot do that (coreutils
# before 8.31, busybox) leaves them unblocked, and the daemon says so.
blocking='env --block-signal=USR1,USR2,36,63'
if $blocking true 2> /dev/null; then
    export _JAVA_SR_SIGNUM=40
else
    blocking=
fi
