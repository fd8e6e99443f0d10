archive=${VRRPCTL_ARCHIVE:-$home/lib/$program.jsa}
archive_out=${VRRPCTL_ARCHIVE_OUT:-}
class_list=${VRRPCTL_CLASS_LIST:-}

# Unquoted on purpose: the variable holds words.
# shellcheck disable=SC2086
set -- ${VRRPCTL_JAVA_OPTS:-} -jar "$home/lib/$program.jar" "$@"

# JDK 25 warns of Unsafe without the second flag, JDK 17 would refuse it without the first.
set -- -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow "$@"

# A call lasts tens of milliseconds: start small, compile quickly, collect simply. Replays of long journals may grow.
set -- -Xms8m -Xmx256m -XX:+UseSerialGC -Xss512k "$@"
set -- -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=16m -XX:-UsePerfData -XX:+ErrorFileToStderr "$@"

# Chronicle: no phoning home, no thread that watches the disk, no wait for the lock of a dead process.
set -- -Dchronicle.analytics.disable=true -Dchronicle.disk.monitor.disable=true \
    -Dqueue.force.unlock.mode=ALWAYS "$@"

# What a library would print through the JDK's logging is not for the operator: without a configuration it goes nowhere.
set -- -Djava.util.logging.config.file=/dev/null "$@"

# The native libraries beside us: else they are extracted to /tmp, which fails when that is noexec.
set -- -Djffi.boot.library.path="$home/native" -Djava.library.path="$home/native" "$@"
