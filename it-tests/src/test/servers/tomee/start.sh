#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/common.sh"
touch "$log"
from="$(wc -l <"$log")"
sh "$SERVER_HOME/bin/catalina.sh" start
await "$from" 'Server startup in' 'Address already in use|destroyed|The stop\(\) method'
