
# Not fatal and not a word when the archive is missing, stale, of another JVM or of another place: what the JVM
# says of it goes to the unified log, which is off. Crash reports do not need that log.
set -- -Xlog:disable -Xshare:auto "$@"
if [ -n "$archive_out" ]; then
    # Renamed when it is whole: JDK 17 crashes on a truncated archive.
    status=0
    "$java" -XX:ArchiveClassesAtExit="$archive_out.new" "$@" || status=$?
    mv -f "$archive_out.new" "$archive_out"
    exit "$status"
fi
if [ -f "$archive" ] && [ -r "$archive" ]; then
    set -- -XX:SharedArchiveFile="$archive" "$@"
fi

exec "$java" "$@"
