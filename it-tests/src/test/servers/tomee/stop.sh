#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/common.sh"
sh "$SERVER_HOME/bin/catalina.sh" stop 60 -force
