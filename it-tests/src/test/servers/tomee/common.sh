# SPDX-License-Identifier: Apache-2.0
# Read by the other scripts. SERVER_HOME is the unpacked distribution, INSTANCE a directory for the server, PORT_BASE the
# first of a hundred ports.
set -euo pipefail
export CATALINA_HOME="$SERVER_HOME" CATALINA_BASE="$INSTANCE" CATALINA_PID="$INSTANCE/pid"
log="$INSTANCE/logs/catalina.out"
applications="$INSTANCE/apps"

. "$(dirname "${BASH_SOURCE[0]}")/../await.sh"

# Puts an archive where the server looks for applications, whole or not at all.
put() {
  cp "$1" "$INSTANCE/temp/$2"
  mv "$INSTANCE/temp/$2" "$applications/$2"
}
