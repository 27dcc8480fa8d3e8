#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# configure.sh FILE NAME property=value...: sets properties of the adapter that FILE is or has in it, before FILE is
# deployed under NAME.
. "$(dirname "$0")/common.sh"
adapter="$(adapter_of "$1" "$2")"
shift 2
properties=()
for property in "$@"; do
  # Colons part the properties.
  properties+=("${property//:/\\:}")
done
if asadmin list-resource-adapter-configs | grep -qxF "$adapter"; then
  asadmin delete-resource-adapter-config "$adapter"
fi
asadmin create-resource-adapter-config --property "$(IFS=:; echo "${properties[*]}")" "$adapter"
