#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# user.sh NAME PASSWORD GROUP: adds a user to conf/tomcat-users.xml, or replaces the one of that name. The server reads
# the file again by itself, some seconds later.
. "$(dirname "$0")/common.sh"
quoted() {
  sed 's/&/\&amp;/g; s/"/\&quot;/g; s/</\&lt;/g' <<<"$1"
}
users="$INSTANCE/conf/tomcat-users.xml"
user="  <user username=\"$(quoted "$1")\" password=\"$(quoted "$2")\" roles=\"$(quoted "$3")\"/>"
grep -vF "<user username=\"$(quoted "$1")\"" "$users" | grep -vF '</tomcat-users>' >"$users.new"
printf '%s\n</tomcat-users>\n' "$user" >>"$users.new"
from="$(wc -l <"$log")"
mv "$users.new" "$users"
await "$from" "Reloading memory user database" "MemoryUserDatabase.*Exception"
