#!/bin/sh
# Makes the Debian 12 that the boot tests boot: a debootstrap of what a router runs on, once, and kept for later runs.
#
# Usage: make-root.sh DIRECTORY        prints the root's path, DIRECTORY/debian-12-HASH (of the list of packages)
#        make-root.sh --path DIRECTORY prints it and makes nothing
#
# The root appears under its name only when it is whole, so any number of these may run at once or be killed. The
# packages as they were downloaded stay beside it: a change of the list fetches only what is new. Needs root,
# debootstrap and, the first time, a Debian mirror (VRRPD_DEBIAN_MIRROR, else that of this machine's apt, else Debian's).
set -eu

suite=bookworm
packages='systemd systemd-sysv dbus procps iproute2 iputils-ping nftables kmod keepalived openjdk-17-jre-headless
    netcat-openbsd socat jq man-db debconf'

fail() {
    echo "make-root.sh: $*" >&2
    exit 1
}

only_path=
if [ "${1:-}" = --path ]; then only_path=yes; shift; fi
[ $# = 1 ] || fail "expected one directory, but found $# arguments"
list=$(echo $packages | tr ' ' ',')
# the script's own text is in the name: what it does to the root counts as much as what it installs
root=$1/debian-12-$(cat "$0" | sha256sum | cut -c1-12)
echo "$root"
if [ -n "$only_path" ] || [ -e "$root/etc/debian_version" ]; then exit 0; fi

[ "$(id -u)" = 0 ] || fail "expected to run as root, but found uid $(id -u)"
command -v debootstrap > /dev/null || fail "expected debootstrap, but found none (apt-get install debootstrap)"

# Mirror of the distribution in apt's own configuration, in its old and its new form.
apt_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2> /dev/null \
        | sed -nE 's,^(deb( \[[^]]*\])?|URIs:) +(https?://[^ ]+/debian)/?( .*)?$,\3,p' | head -n 1
}

mirror=${VRRPD_DEBIAN_MIRROR:-$(apt_mirror)}
archives=$1/archives
building=$root.building.$$
mkdir -p "$archives"
trap 'rm -rf "$building"' EXIT
trap 'exit 1' HUP INT TERM
debootstrap --variant=minbase --include="$list" --cache-dir="$archives" "$suite" "$building" \
    "${mirror:-http://deb.debian.org/debian}" > "$building.log" 2>&1 \
    || { tail -n 20 "$building.log" >&2; mv "$building.log" "$root.log"; fail "debootstrap failed; all of it is in $root.log"; }
rm -f "$building.log"

# No name and no identity of its own: each machine gets its name from outside and makes its identity at first boot.
printf '127.0.0.1 localhost\n::1 localhost\n' > "$building/etc/hosts"
: > "$building/etc/machine-id"
rm -f "$building/etc/hostname" "$building/etc/resolv.conf" "$building"/var/cache/apt/archives/*.deb "$building"/var/lib/apt/lists/*_*
# keepalived stays off until a test asks for it; consoles and timers only take time, and modules are the host's
for unit in console-getty.service getty.target apt-daily.timer apt-daily-upgrade.timer \
    dpkg-db-backup.timer e2scrub_all.timer fstrim.timer man-db.timer systemd-timesyncd.service \
    systemd-remount-fs.service systemd-modules-load.service; do
    ln -sf /dev/null "$building/etc/systemd/system/$unit"
done
find "$building/etc/systemd/system" -path '*.wants/keepalived.service' -delete
# logs outlive a reboot
mkdir -p "$building/var/log/journal"

# Another process may have been faster: its root is as good, and is perhaps in use.
if ! mv -T "$building" "$root" 2> /dev/null; then
    [ -e "$root/etc/debian_version" ] || fail "could not move $building to $root"
fi
