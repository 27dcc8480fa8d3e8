#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The second file has the levels below INFO; the server makes it when there is any.
. "$(dirname "$0")/common.sh"
printf '%s\n' "$log" "$server/logs/trace.log"
