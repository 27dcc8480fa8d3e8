#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# user.sh NAME PASSWORD GROUP: adds a user to the basic registry, or replaces the one of that name. What several files say
# of the elements with one id, the server puts together.
. "$(dirname "$0")/common.sh"
xml() {
  printf '%s' "$1" | sed -e 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g'
}
name="$(xml "$1")" password="$(xml "$2")" group="$(xml "$3")"
from="$(wc -l <"$log")"
cat >"$server/user.xml" <<END
<server>
  <basicRegistry id="users" realm="users">
    <user id="$name" name="$name" password="$password"/>
    <group id="$group" name="$group">
      <member id="$name" name="$name"/>
    </group>
  </basicRegistry>
</server>
END
mv "$server/user.xml" "$overrides/user-$1.xml"
await "$from" 'CWWKG001[78]I' 'CWWKG0[0-9]+E'
