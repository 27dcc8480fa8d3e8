#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# undeploy.sh FILE NAME: the properties of its adapter would stay, and are deleted too.
. "$(dirname "$0")/common.sh"
asadmin undeploy "$2"
adapter="$(adapter_of "$1" "$2")"
if asadmin list-resource-adapter-configs | grep -qxF "$adapter"; then
  asadmin delete-resource-adapter-config "$adapter"
fi
