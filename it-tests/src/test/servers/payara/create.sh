#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a domain. The default datasource is DATABASE_URL, by an XA pool: a pool of the type javax.sql.DataSource lets no
# second resource into a transaction. DATABASE_JAR is its driver, where the distribution has none. The sample sends its
# answers by a mail server at MAIL_PORT.
. "$(dirname "$0")/common.sh"
rm -rf "$INSTANCE"
mkdir -p "$INSTANCE"
asadmin create-domain --domaindir "$INSTANCE" --portbase "$PORT_BASE" --nopassword=true "$domain"
# Payara begins another log after 2 MB, and a test would look for its lines only in that log.
sed -i 's/\(\.rotationLimitInBytes\)=.*/\1=500000000/' "$INSTANCE/$domain/config/logging.properties"
if [ -n "${DATABASE_URL:-}" ]; then
  [ -d "$SERVER_HOME/h2db" ] || cp "$DATABASE_JAR" "$INSTANCE/$domain/lib/"
  asadmin start-domain --domaindir "$INSTANCE" "$domain"
  asadmin create-jdbc-connection-pool --restype javax.sql.XADataSource \
    --datasourceclassname org.h2.jdbcx.JdbcDataSource \
    --property "user=sa:password=sa:URL=${DATABASE_URL//:/\\:}" database
  asadmin set resources.jdbc-resource.jdbc/__default.pool-name=database
  mail=create-javamail-resource
  # GlassFish calls it otherwise.
  asadmin list-commands "$mail" | grep -qw "$mail" || mail=create-mail-resource
  asadmin "$mail" --mailhost 127.0.0.1 --mailuser helpdesk --fromaddress helpdesk@example.com \
    --property "mail.smtp.port=$MAIL_PORT" mail/helpdesk
  asadmin create-system-properties helpdesk.mailSession=mail/helpdesk
  asadmin stop-domain --domaindir "$INSTANCE" "$domain"
fi
