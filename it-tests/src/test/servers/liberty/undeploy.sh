#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# undeploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
from="$(wc -l <"$log")"
rm "$overrides/$2.xml"
rm -f "$server/$2.properties"
case "$1" in
  *.rar) await "$from" 'J2CA7009I' 'J2CA7010E' ;;
  *) await "$from" "CWWKZ0009I.* $2 " "CWWKZ0010E.* $2 " ;;
esac
