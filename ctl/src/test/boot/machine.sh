#!/bin/sh
# Holds the file system of one machine and boots it, for the boot tests: the process they talk to.
#
# Usage: machine.sh DIRECTORY NAME NETNS HOSTNAME LAYERS      (in "unshare --mount": the mounts end with it)
#        machine.sh --probe ROOT       (the same) ends with 0 where a machine could run
#
# LAYERS are directories as overlayfs takes them, upmost first. DIRECTORY/root becomes a writable view of them, which
# stays from boot to boot. Standard input: "boot", "save DIRECTORY" (copies what differs from LAYERS, the machine being
# off); its end ends the machine at once. Standard output: "ready", "nspawn PID", "ended STATUS", "saved STATUS".
# Standard error: the console.
#
# The machine has control groups of its own: without, all machines of this kernel that no systemd manages would share
# theirs, and stopping a service in one would end that of another.
set -eu

if [ "$1" = --probe ]; then
    directory=/mnt name=vrrpd-probe-$$ layers=$2
else
    directory=$1 name=$2 netns=$3 hostname=$4 layers=$5
fi
hierarchies=
for place in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -w "$place/cgroup.procs" ]; then hierarchies="$hierarchies $place/$name"; fi
done

members() {
    for group in $hierarchies; do
        if [ -d "$group" ]; then find "$group" -name cgroup.procs -exec cat {} + 2> /dev/null; fi
    done | sort -u
}

end() {
    trap '' HUP INT TERM
    tries=0
    while [ -n "$(members)" ] && [ "$tries" -lt 50 ]; do
        members | xargs -r kill -KILL 2> /dev/null || true
        tries=$((tries + 1))
        sleep 0.1
    done
    for group in $hierarchies; do
        if [ -d "$group" ]; then find "$group" -depth -type d -exec rmdir {} \; 2> /dev/null || true; fi
    done
}

# nspawn ARGUMENTS…: in the machine's control groups
nspawn() {
    groups=$hierarchies sh -c '
        for group in $groups; do echo $$ > "$group/cgroup.procs"; done
        unset groups
        echo "nspawn $$"
        exec systemd-nspawn "$@" > /dev/stderr
    ' nspawn -q -D "$directory/root" --machine="$name" --register=no --keep-unit --capability=all \
        --link-journal=no --resolv-conf=off --timezone=off "$@" < /dev/null
}

boot() {
    status=0
    nspawn --boot --hostname="$hostname" --network-namespace-path="/run/netns/$netns" || status=$?
    echo "ended $status"
}

trap end EXIT
trap 'exit 1' HUP INT TERM
export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
for group in $hierarchies; do mkdir -p "$group"; done
mkdir -p "$directory"
mount -t tmpfs -o size=1g,mode=755 "$name" "$directory"
mkdir "$directory/upper" "$directory/work" "$directory/root"
mount -t overlay -o "lowerdir=$layers,upperdir=$directory/upper,workdir=$directory/work" "$name" "$directory/root"

if [ "$1" = --probe ]; then
    nspawn --private-network --as-pid2 true
    exit
fi

echo ready
while read -r word argument; do
    case $word in
    boot) boot & ;;
    save)
        status=0
        { mkdir -p "$argument" && cp -a "$directory/upper/." "$argument/"; } || status=$?
        echo "saved $status"
        ;;
    esac
done
