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
built=$(mvn -q -B -DskipTests package 2>&1) || fail "expected the build to succeed, but found:
$built"
vrrpd=$PWD/daemon/target/vrrpd/bin/vrrpd
vrrpctl=$PWD/ctl/target/vrrpctl/bin/vrrpctl

# ---- helpers --------------------------------------------------------------------------------------------------------

id=vrrpd-demo-$$
work=$(mktemp -d "/run/$id.XXXXXX")

# Nothing of ours runs outside the namespaces, and nothing but ours inside.
cleanup() {
    trap '' HUP INT PIPE TERM
    trap - EXIT
    for namespace in "$id-gw1" "$id-gw2" "$id-switch"; do
        [ -e "/run/netns/$namespace" ] || continue
        tries=30
        while pids=$(ip netns pids "$namespace") && [ -n "$pids" ]; do
            signal=TERM
            [ "$tries" -gt 0 ] || signal=KILL
            # shellcheck disable=SC2086
            [ $((tries % 30)) -gt 0 ] || kill -s "$signal" $pids 2> /dev/null || :
            tries=$((tries - 1))
            sleep 0.1
        done
        ip netns del "$namespace"
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
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
story() {
    printf '\n%s# tail -f log\n' "$1"
    tail -n "+$(($(cat "$work/$1.mark") + 1))" "$work/$1.log"
}
hears() { [ "$(grep -c 'is master with priority' "$work/$1.log")" = 2 ]; }
both() { logged "$1" XN_VI_ipv4 "$2" && logged "$1" XN_VI_ipv6 "$2"; }

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# show ROUTER WORDS…: a vrrpctl command as a user would type it
show() {
    router=$1
    shift
    printf '\n%s# vrrpctl %s\n' "$router" "$*"
    "$vrrpctl" --control "$work/$router/control.sock" "$@" || status=$?
    [ "$1" != status ] || printf '%s# echo $?\n%s\n' "$router" "${status:-0}"
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
    printf '\n%s# vrrpd --config vrrpd.conf --control control.sock --journal journal &\n' "$1"
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

say "Two routers, gw1 (priority 32) and gw2 (16), are to hold 192.168.1.5 and fe80::200:5eff:fe00:205 between them."
cat "$work/gw1.conf"

say "1. gw1 boots, and vrrpd is there before its interface is: no link, no carrier, no address."
start gw1
gw1_pid=$!
await 20 "both instances of gw1 in FAULT" both gw1 FAULT
await 20 "the control socket of gw1" test -S "$work/gw1/control.sock"
story gw1
show gw1 status
echo "   Here keepalived (2.2.7 to 2.4.3) stays for ever with this configuration, whatever happens to the interface."

say "2. One fact after the other, in the worst order: the usable IPv6 address comes last."
mark gw1
ip -n "$id-gw1" link set eno1 up
echo "   eno1 is up, without carrier"
ip -n "$id-gw1" addr add 192.168.1.2/24 dev eno1
echo "   eno1 has 192.168.1.2/24"
ip -n "$id-switch" link set port-gw1 up
echo "   eno1 has carrier; the kernel makes sure that nobody else has its link-local address"
await 10 "the end of duplicate address detection" usable gw1
usable_at=$(milliseconds)
echo "   eno1 has a usable IPv6 address: nothing is missing any more"
await 10 "gw1 MASTER" both gw1 MASTER
echo "   gw1 is MASTER $(($(milliseconds) - usable_at)) ms later; its Master_Down_Interval is 3875 ms"
story gw1
show gw1 status

say "3. gw2 joins with its lower priority, and waits."
ip -n "$id-gw2" link set eno1 up
ip -n "$id-gw2" addr add 192.168.1.3/24 dev eno1
ip -n "$id-switch" link set port-gw2 up
await 10 "the end of duplicate address detection" usable gw2
start gw2
gw2_pid=$!
await 20 "both instances of gw2 in BACKUP" both gw2 BACKUP
await 10 "advertisements of gw1 at gw2" hears gw2
story gw2

say "4. Fail-over: somebody pulls the cable of gw1."
mark gw2
cut_at=$(milliseconds)
ip -n "$id-switch" link set port-gw1 down
await 10 "gw2 MASTER" both gw2 MASTER
echo "   gw2 is MASTER $(($(milliseconds) - cut_at)) ms later; its Master_Down_Interval is 3937 ms"
story gw2
show gw2 status

say "5. The cable is back. gw1 has the higher priority, so gw2 yields; and gw1 answers what happened to it."
mark gw2
ip -n "$id-switch" link set port-gw1 up
await 15 "gw2 BACKUP" both gw2 BACKUP
story gw2
show gw1 status
show gw2 status
show gw1 faults

say "6. Both stop. Their journals, put through the same code again, must lead to the same decisions."
for router in gw1 gw2; do
    eval "pid=\$${router}_pid"
    kill "$pid"
    wait "$pid" || fail "expected $router to end with status 0, but found $?"
    printf '\n%s# vrrpctl replay journal --verify\n' "$router"
    "$vrrpctl" replay "$work/$router/journal" --verify || fail "expected the replay of $router's journal to verify"
done

say "Done in $((($(milliseconds) - begun) / 1000)) s: no restart, no reload, no delay setting."
