#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# redeploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
cp "$overrides/$2.xml" "$server/$2.xml"
from="$(wc -l <"$log")"
rm "$overrides/$2.xml"
await "$from" "CWWKZ0009I.* $2 " "CWWKZ0010E.* $2 "
from="$(wc -l <"$log")"
mv "$server/$2.xml" "$overrides/$2.xml"
await "$from" "CWWKZ000[13]I.* $2 " "CWWKZ0002E.* $2 |CWWKZ0004E.* $2 "
