#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# redeploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
file="$2.${1##*.}"
from="$(wc -l <"$log")"
put "$1" "$file"
await "$from" "Deployed Application\(path=.*/apps/$2(\.|\))" "Failed Auto-Deployment of: .*/apps/$file|Auto-Undeploy Failed"
