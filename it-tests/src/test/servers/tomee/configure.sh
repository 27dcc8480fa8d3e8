#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# configure.sh FILE NAME property=value...: sets properties of the adapter that FILE has in it, before FILE is deployed
# under NAME. The server reads them when it starts, so it is started again if they are new to it.
. "$(dirname "$0")/common.sh"
name="$2"
shift 2
properties="$INSTANCE/conf/system.properties"
former="$(sort "$properties")"
sed -i "/^$name-mail\./d" "$properties"
# A backslash would begin an escape sequence.
printf "$name-mail.%s\n" "${@//\\/\\\\}" >>"$properties"
if [ -f "$CATALINA_PID" ] && [ "$former" != "$(sort "$properties")" ]; then
  "$(dirname "$0")/stop.sh"
  "$(dirname "$0")/start.sh"
fi
