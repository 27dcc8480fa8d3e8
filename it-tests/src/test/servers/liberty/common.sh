# SPDX-License-Identifier: Apache-2.0
# Read by the other scripts. SERVER_HOME is the unpacked distribution, INSTANCE a directory for the server, PORT_BASE the
# first of a hundred ports.
set -euo pipefail
export WLP_USER_DIR="$INSTANCE"
server="$INSTANCE/servers/it"
overrides="$server/configDropins/overrides"
log="$server/logs/messages.log"

. "$(dirname "${BASH_SOURCE[0]}")/../await.sh"
