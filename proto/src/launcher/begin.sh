#!/bin/sh
# Starts the Java program beside this script with the JVM flags it was tested with.
#
#   JAVA_HOME        the Java to run (17 or newer); without it, the java on the PATH
#   *_JAVA_OPTS      more JVM flags (VRRPD_JAVA_OPTS, VRRPCTL_JAVA_OPTS), after and thus over the ones below
#   *_ARCHIVE        the class-data archive to start from instead of lib/<name>.jsa; it may be missing or stale
#   *_ARCHIVE_OUT    write a class-data archive to this file when the run ends, of the classes that it loaded:
#                        VRRPCTL_ARCHIVE_OUT=/usr/share/vrrpctl/lib/vrrpctl.jsa vrrpctl --version
#   *_CLASS_LIST     with *_ARCHIVE_OUT: run nothing, but take the classes in this file (-XX:DumpLoadedClassList=)
set -eu

fail() {
    echo "${self##*/}: $*" >&2
    exit 127
}

self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=${self%/*}/$link ;;
    esac
done
case $self in
    */*) home=$(cd -P "${self%/*}/.." && pwd) ;;
    *) home=$(cd -P .. && pwd) ;;
esac
program=${self##*/}

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME: expected a Java 17 or newer there, but found no bin/java"
else
    java=$(command -v java) || fail "expected a Java 17 or newer, but found no java on the PATH and no JAVA_HOME"
fi

# The release file names the version without starting a JVM to ask it.
version=
release=$(readlink -f "$java")
release=${release%/bin/java}
[ -r "$release/release" ] || release=${release%/jre}
if [ -r "$release/release" ]; then
    while IFS='="' read -r key ignored value rest; do
        if [ "$key" = JAVA_VERSION ]; then
            version=${ignored:-$value}
            break # a shell reads byte by byte
        fi
    done < "$release/release"
else
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
fi
feature=${version#1.}
feature=${feature%%[!0-9]*}
[ "${feature:-17}" -ge 17 ] || fail "expected a Java 17 or newer, but found $version ($java)"

# One malloc arena: many small ones hold memory that is never given back.
export MALLOC_ARENA_MAX=1

