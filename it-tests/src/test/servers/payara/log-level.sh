#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# log-level.sh all|usual: what the adapter logs.
. "$(dirname "$0")/common.sh"
case "$1" in
  all) asadmin set-log-levels org.smtpinflow=FINEST ;;
  *) asadmin delete-log-levels org.smtpinflow ;;
esac
