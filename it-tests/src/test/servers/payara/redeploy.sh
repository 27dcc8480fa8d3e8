#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# redeploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
asadmin redeploy --name "$2" "$1"
