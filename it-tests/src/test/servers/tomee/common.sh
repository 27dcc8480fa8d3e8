# SPDX-License-Identifier: Apache-2.0
# Read by the other scripts. SERVER_HOME is the unpacked distribution, INSTANCE a directory for the server, PORT_BASE the
# first of a hundred ports.
set -euo pipefail
export CATALINA_HOME="$SERVER_HOME" CATALINA_BASE="$INSTANCE" CATALINA_PID="$INSTANCE/pid"
log="$INSTANCE/logs/catalina.out"
applications="$INSTANCE/apps"

# Waits until the log says what is wanted, in a line after the first $1; fails if it says that something went wrong.
await() {
  local from="$1" wanted="$2" unwanted="$3" turn
  for turn in $(seq 1200); do
    if tail -n "+$((from + 1))" "$log" | grep -E "$wanted"; then
      return 0
    fi
    if tail -n "+$((from + 1))" "$log" | grep -E "$unwanted"; then
      tail -n "+$((from + 1))" "$log" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "not in $log: $wanted" >&2
  return 1
}

# Puts an archive where the server looks for applications, whole or not at all.
put() {
  cp "$1" "$INSTANCE/temp/$2"
  mv "$INSTANCE/temp/$2" "$applications/$2"
}
