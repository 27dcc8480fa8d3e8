#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# user.sh NAME PASSWORD GROUP: adds a user to the file realm, or replaces the one of that name.
. "$(dirname "$0")/common.sh"
asadmin list-file-users | grep -qwF "$1" && asadmin delete-file-user "$1"
file="$(mktemp)"
trap 'rm -f "$file"' EXIT
echo "AS_ADMIN_USERPASSWORD=$2" >"$file"
asadmin --passwordfile "$file" create-file-user --groups "$3" "$1"
