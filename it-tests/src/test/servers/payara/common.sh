# SPDX-License-Identifier: Apache-2.0
# Read by the other scripts. SERVER_HOME is the unpacked distribution, INSTANCE a directory for the domain, PORT_BASE the
# first of a hundred ports. Payara and GlassFish have the same command line.
set -euo pipefail
domain=it
export AS_JAVA="${JAVA_HOME:-}"
# The command line lives for a second or two: no time to compile much.
export AS_EXTRA_JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# In milliseconds: GlassFish 7 gives up a start after a minute, which is short where several run at once.
export AS_START_TIMEOUT=240000

asadmin() {
  bash "$SERVER_HOME/bin/asadmin" --port "$((PORT_BASE + 48))" "$@"
}

# The name by which the server knows the adapter: NAME on its own, APPLICATION#smtp-inflow inside an EAR.
adapter_of() {
  case "$1" in
    *.rar) basename "$1" .rar ;;
    *) echo "$2#smtp-inflow" ;;
  esac
}
