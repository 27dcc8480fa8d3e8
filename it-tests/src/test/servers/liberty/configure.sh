#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# configure.sh FILE NAME property=value...: keeps the properties of the adapter for deploy.sh, which writes them into the
# server's configuration.
. "$(dirname "$0")/common.sh"
name="$2"
shift 2
printf '%s\n' "$@" >"$server/$name.properties"
