#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# database.sh h2
# database.sh postgresql HOST PORT DATABASE USER PASSWORD DRIVER
# Makes the default datasource of a running domain keep what was committed if the domain is killed, as docs/durability.md
# says: its own H2 without a delay, or a PostgreSQL.
. "$(dirname "$0")/common.sh"
if [ "$1" = h2 ]; then
  asadmin set 'resources.jdbc-connection-pool.H2Pool.property.URL=jdbc:h2:${com.sun.aas.instanceRoot}/lib/databases/embedded_default;AUTO_SERVER=TRUE;WRITE_DELAY=0;REUSE_SPACE=FALSE'
else
  asadmin add-library "$7"
  asadmin create-jdbc-connection-pool --restype javax.sql.DataSource \
    --datasourceclassname org.postgresql.ds.PGSimpleDataSource \
    --property "serverName=$2:portNumber=$3:databaseName=$4:user=$5:password=$6" postgresql
  asadmin ping-connection-pool postgresql
  asadmin set resources.jdbc-resource.jdbc/__default.pool-name=postgresql
fi
