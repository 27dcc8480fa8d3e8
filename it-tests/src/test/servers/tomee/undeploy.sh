#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# undeploy.sh FILE NAME: the server deletes the unpacked files.
. "$(dirname "$0")/common.sh"
from="$(wc -l <"$log")"
rm "$applications/$2.${1##*.}"
await "$from" "Completed Auto-Undeployment of: " "Auto-Undeploy Failed"
