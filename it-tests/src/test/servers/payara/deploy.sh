#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
asadmin deploy --name "$2" "$1"
