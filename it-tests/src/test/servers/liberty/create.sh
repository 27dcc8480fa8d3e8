#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a server. The default datasource is DATABASE_URL; DATABASE_JAR is its driver. The sample sends its answers by a mail
# server at MAIL_PORT.
. "$(dirname "$0")/common.sh"
rm -rf "$INSTANCE"
mkdir -p "$server" "$overrides"
cp "$(dirname "$0")/server.xml" "$server/"
cat >"$server/bootstrap.properties" <<EOF
http.port=$((PORT_BASE + 80))
https.port=$((PORT_BASE + 81))
iiop.port=$((PORT_BASE + 37))
database.url=${DATABASE_URL:-jdbc:h2:mem:it}
database.jar=${DATABASE_JAR:-}
mail.port=${MAIL_PORT:-25}
EOF
# What only soft references hold goes at once: so a test can tell it from what is left behind for ever.
printf '%s\n' -XX:SoftRefLRUPolicyMSPerMB=0 -Dhelpdesk.mailSession=mail/helpdesk >"$server/jvm.options"
