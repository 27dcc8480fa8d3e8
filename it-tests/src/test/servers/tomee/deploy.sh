#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# deploy.sh FILE NAME
. "$(dirname "$0")/common.sh"
file="$2.${1##*.}"
from="$(wc -l <"$log")"
put "$1" "$file"
if ! await "$from" "Deployed Application\(path=.*/apps/$2(\.|\))" "Failed Auto-Deployment of: .*/apps/$file"; then
  # What has been unpacked would be taken for an application.
  rm -rf "${applications:?}/$file" "${applications:?}/$2"
  exit 1
fi
