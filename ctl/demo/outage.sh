#!/bin/sh
# Two routers share one address, in network namespaces of their own: one starts before its interface is ready, recovers
# by itself, loses its cable, is replaced, comes back, and can say why for each of it. Needs root and Debian 12 or newer.
# Installs what the build needs where it is missing; else leaves nothing behind but the build's target directories.
set -eu
cd "$(dirname "$0")/../.."

fail() {
    printf '\nThe demonstration failed: %s\n' "$*" >&2
    for log in "${work:-/nonexistent}"/*.log; do
        [ ! -f "$log" ] || { printf -- '--- %s\n' "${log##*/}" && tail -n 20 "$log"; } >&2
    done
    exit 1
}

[ "$(id -u)" = 0 ] || fail "expected root, but found uid $(id -u): it makes network namespaces"

# ---- what is needed -------------------------------------------------------------------------------------------------

missing=
command -v mvn > /dev/null || missing="$missing maven"
command -v javac > /dev/null || missing="$missing openjdk-17-jdk-headless"
command -v ip > /dev/null || missing="$missing iproute2"
if [ -n "$missing" ]; then
    echo "Installing$missing …"
    apt-get -q -y update > /dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing > /dev/null
fi
echo "Building …"
mvn -q -B -DskipTests package
vrrpd=$PWD/daemon/target/vrrpd/bin/vrrpd
vrrpctl=$PWD/ctl/target/vrrpctl/bin/vrrpctl

# ---- helpers --------------------------------------------------------------------------------------------------------

id=vrrpd-demo-$$
work=$(mktemp -d "/run/$id.XXXXXX")
gw1_pid='' gw2_pid=''

cleanup() {
    trap - EXIT INT TERM
    for pid in $gw1_pid $gw2_pid; do
        kill "$pid" 2> /dev/null || continue
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.2
        done
        kill -9 "$pid" 2> /dev/null || :
    done
    for namespace in "$id-gw1" "$id-gw2" "$id-switch"; do
        ip netns del "$namespace" 2> /dev/null || :
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n== %s\n' "$*"; }

# await SECONDS WHAT COMMAND…: until the command succeeds
await() {
    tries=$(($1 * 20)) what=$2
    shift 2
    until "$@" > /dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "expected $what, but waited in vain"
        sleep 0.05
    done
}

# logged ROUTER INSTANCE STATE: behind what mark has put aside
logged() { tail -n "+$(($(cat "$work/$1.mark") + 1))" "$work/$1.log" | grep -qF "($2) Entering $3 STATE"; }
mark() { wc -l < "$work/$1.log" > "$work/$1.mark"; }
both() { logged "$1" XN_VI_ipv4 "$2" && logged "$1" XN_VI_ipv6 "$2"; }

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# show ROUTER WORDS…: a vrrpctl command as a user would type it
show() {
    router=$1
    shift
    printf '\n%s$ vrrpctl %s\n' "$router" "$*"
    "$vrrpctl" --control "$work/$router/control.sock" "$@" || status=$?
    [ "$1" != status ] || printf '%s$ echo $?\n%s\n' "$router" "${status:-0}"
    status=
}

# A router's cable to the switch: its interface eno1 is down, has no carrier and no address.
router() {
    ip netns add "$id-$1"
    ip -n "$id-$1" link set lo up
    ip -n "$id-switch" link add "port-$1" type veth peer name eno1 netns "$id-$1"
    ip -n "$id-switch" link set "port-$1" master br0
    mkdir "$work/$1"
    : > "$work/$1.log"
    mark "$1"
}

start() {
    ip netns exec "$id-$1" "$vrrpd" --config "$work/$1.conf" --control "$work/$1/control.sock" \
        --journal "$work/$1/journal" >> "$work/$1.log" 2>&1 < /dev/null &
}

usable() { ip -n "$id-$1" -6 -o addr show dev eno1 scope link | grep -v tentative | grep -q fe80; }

# ---- the configuration of the report --------------------------------------------------------------------------------

instance() {
    cat << TEXT
vrrp_instance $1 {
    state BACKUP
    interface eno1
    virtual_router_id 51
    priority $2
    advert_int 1
    dont_track_primary
    use_vmac
    vmac_xmit_base
    virtual_ipaddress { $3 }
}
TEXT
}

configuration() {
    cat << TEXT
global_defs { router_id $1
    vrrp_version 3 }
vrrp_sync_group XN { group { XN_VI_ipv4
    XN_VI_ipv6 } }
TEXT
    instance XN_VI_ipv4 "$2" 192.168.1.5
    instance XN_VI_ipv6 "$2" 'fe80::200:5eff:fe00:205 preferred_lft forever'
}
configuration gw1 32 > "$work/gw1.conf"
configuration gw2 16 > "$work/gw2.conf"

# ---- the story ------------------------------------------------------------------------------------------------------

begun=$(milliseconds)
ip netns add "$id-switch"
ip -n "$id-switch" link add br0 type bridge mcast_snooping 0 stp_state 0 forward_delay 0
ip -n "$id-switch" link set br0 up
router gw1
router gw2

say "1. gw1 boots: vrrpd is there before its interface is. Both instances fault, and say what they wait for."
start gw1
gw1_pid=$!
await 20 "both instances of gw1 in FAULT" both gw1 FAULT
cat "$work/gw1.log"
show gw1 status

say "2. One fact after the other, the IPv6 address last: link, IPv4 address, carrier, duplicate address detection."
mark gw1
ip -n "$id-gw1" link set eno1 up
echo "   eno1 is up, without carrier"
ip -n "$id-gw1" addr add 192.168.1.2/24 dev eno1
echo "   eno1 has 192.168.1.2/24"
ip -n "$id-switch" link set port-gw1 up
echo "   eno1 has carrier; the kernel probes its link-local address"
await 10 "the end of duplicate address detection" usable gw1
usable_at=$(milliseconds)
echo "   the link-local address is usable: nothing is missing any more"
await 10 "gw1 MASTER" both gw1 MASTER
echo "   MASTER $(($(milliseconds) - usable_at)) ms later; Master_Down_Interval at priority 32 is 3875 ms"
tail -n "+$(($(cat "$work/gw1.mark") + 1))" "$work/gw1.log"
show gw1 status

say "3. gw2 joins with a lower priority, and waits."
ip -n "$id-gw2" link set eno1 up
ip -n "$id-gw2" addr add 192.168.1.3/24 dev eno1
ip -n "$id-switch" link set port-gw2 up
await 10 "the end of duplicate address detection" usable gw2
start gw2
gw2_pid=$!
await 20 "both instances of gw2 in BACKUP" both gw2 BACKUP
cat "$work/gw2.log"

say "4. Somebody pulls the cable of gw1. gw2 takes over."
mark gw1
mark gw2
cut_at=$(milliseconds)
ip -n "$id-switch" link set port-gw1 down
await 10 "gw1 in FAULT" both gw1 FAULT
await 10 "gw2 MASTER" both gw2 MASTER
echo "   gw2 is MASTER $(($(milliseconds) - cut_at)) ms later"
show gw2 status

say "5. The cable is back. gw1 recovers, has the higher priority, and takes the addresses again."
mark gw1
mark gw2
ip -n "$id-switch" link set port-gw1 up
await 15 "gw1 MASTER" both gw1 MASTER
await 10 "gw2 BACKUP" both gw2 BACKUP
show gw1 status
show gw2 status
show gw1 faults

say "6. Both stop. Each journal, replayed by the same code, gives the same decisions again."
for router in gw1 gw2; do
    eval "pid=\$${router}_pid"
    kill "$pid"
    wait "$pid" || fail "expected $router to end with status 0, but found $?"
    eval "${router}_pid="
    printf '\n%s$ vrrpctl replay %s --verify\n' "$router" "journal"
    "$vrrpctl" replay "$work/$router/journal" --verify || fail "expected the replay of $router's journal to verify"
done

say "Done in $((($(milliseconds) - begun) / 1000)) s: no restart, no reload, no delay setting."
