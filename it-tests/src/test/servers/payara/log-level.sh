#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# log-level.sh all|usual: what the adapter logs.
. "$(dirname "$0")/common.sh"
# GlassFish takes a level for the logger of that very name, not for those below it. The loggers of the adapter have the
# names of its classes.
classes="$(dirname "$0")/../../../../../rar/target/classes"
loggers=(org.smtpinflow org.smtpinflow.smtp{,.trace,.content}
  $(cd "$classes" && find org -name '*.class' ! -name '*$*' ! -name package-info.class | sed 's/\.class$//; s|/|.|g'))
levels="$(printf ':%s=FINEST' "${loggers[@]}")"
names="$(printf ':%s' "${loggers[@]}")"
case "$1" in
  all) asadmin set-log-levels "${levels#:}" ;;
  *) asadmin delete-log-levels "${names#:}" ;;
esac
