
# Not fatal and not a word when the archive is missing, stale, of another JVM or of another place: what the JVM
# says of it goes to the unified log, which is off. Crash reports do not need that log.
# Archives are mapped where they were made for: elsewhere each pointer in 30 MB is changed first, which takes 40 ms, and
# then no page of them is shared or can be given back.
set -- -Xlog:disable -Xshare:auto -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "$@"
# The last bytes of an archive: Java 17 maps a truncated one and crashes.
whole=vrrpd-whole
if [ -n "$archive_out" ]; then
    status=0
    list=${class_list:-$archive_out.list}
    if [ -z "$class_list" ]; then
        # In the background, so that a daemon can be told to end while this shell waits for it.
        # shellcheck disable=SC2086
        ${blocking:-} "$java" -XX:DumpLoadedClassList="$list" "$@" &
        child=$!
        trap 'kill "$child" 2> /dev/null || :' TERM INT
        while :; do
            status=0
            wait "$child" || status=$?
            kill -0 "$child" 2> /dev/null || break
        done
    fi
    # With all that the JVM itself needs, in place of the JDK's archive: one on top of that takes more memory. Renamed
    # when it is whole and on the disk. What the JVM says is of classes that it leaves out.
    if "$java" -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$archive_out.new" \
            -Xlog:disable -Xmx256m -XX:+UseSerialGC -cp "$home/lib/$program.jar" > "$archive_out.log" 2>&1; then
        chmod 644 "$archive_out.new"
        printf %s "$whole" >> "$archive_out.new"
        sync "$archive_out.new" 2> /dev/null || :
        mv -f "$archive_out.new" "$archive_out"
        [ -n "$class_list" ] || rm -f "$list"
        rm -f "$archive_out.log"
        exit "$status"
    fi
    rm -f "$archive_out.new"
    fail "expected an archive in $archive_out, but found none: the reason may be in $archive_out.log"
fi
end=
if [ -f "$archive" ] && [ -r "$archive" ]; then
    { end=$(tail -c ${#whole} "$archive"); } 2> /dev/null
fi
if [ "$end" = "$whole" ]; then
    set -- -XX:SharedArchiveFile="$archive" "$@"
fi

# Words, or none: what starts the JVM with signals blocked. It replaces itself, so that the process id stays.
# shellcheck disable=SC2086
exec ${blocking:-} "$java" "$@"
