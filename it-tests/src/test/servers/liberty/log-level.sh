#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# log-level.sh all|usual: what the adapter logs.
. "$(dirname "$0")/common.sh"
[ "$1" = all ] || [ -e "$overrides/logging.xml" ] || exit 0
from="$(wc -l <"$log")"
case "$1" in
  all)
    cat >"$server/logging.xml" <<END
<server>
  <logging traceSpecification="org.smtpinflow.*=all"/>
</server>
END
    mv "$server/logging.xml" "$overrides/logging.xml"
    ;;
  *) rm "$overrides/logging.xml" ;;
esac
await "$from" TRAS0018I 'CWWKG0[0-9]+E'
