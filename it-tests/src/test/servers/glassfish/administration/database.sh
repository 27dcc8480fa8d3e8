#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the default datasource one of a database server, by its driver h2.jar.
asadmin add-library h2.jar
asadmin create-jdbc-connection-pool --restype javax.sql.XADataSource --datasourceclassname org.h2.jdbcx.JdbcDataSource \
  --property 'user=sa:password=sa:URL=jdbc\:h2\:tcp\://db.example.com/mail' mail
asadmin ping-connection-pool mail
asadmin set resources.jdbc-resource.jdbc/__default.pool-name=mail
