
# Not fatal and not a word when the archive is missing, stale, of another JVM or of another place: what the JVM
# says of it goes to the unified log, which is off. Crash reports do not need that log.
set -- -Xlog:disable -Xshare:auto "$@"
if [ -n "$archive_out" ]; then
    # Renamed when it is whole: JDK 17 crashes on a truncated archive. A daemon writes it when it is told to end.
    # shellcheck disable=SC2086
    ${blocking:-} "$java" -XX:ArchiveClassesAtExit="$archive_out.new" "$@" &
    child=$!
    trap 'kill "$child" 2> /dev/null || :' TERM INT
    while :; do
        status=0
        wait "$child" || status=$?
        kill -0 "$child" 2> /dev/null || break
    done
    mv -f "$archive_out.new" "$archive_out"
    exit "$status"
fi
if [ -f "$archive" ] && [ -r "$archive" ]; then
    # Mapped where it was made for: elsewhere each pointer in 34 MB is changed, which takes 40 ms, and none of it is
    # shared or given back.
    set -- -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:SharedArchiveFile="$archive" "$@"
fi

# Words, or none: what starts the JVM with signals blocked. It replaces itself, so that the process id stays.
# shellcheck disable=SC2086
exec ${blocking:-} "$java" "$@"
