#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a server that deploys what is put into its directory apps. The default datasource is DATABASE_URL, by XA;
# DATABASE_JAR is its driver.
. "$(dirname "$0")/common.sh"
rm -rf "$INSTANCE"
mkdir -p "$applications" "$INSTANCE"/{lib,logs,temp,webapps,work}
cp -r "$SERVER_HOME/conf" "$INSTANCE/"
sed -i "s/\"8005\"/\"$((PORT_BASE + 5))\"/; s/\"8080\"/\"$((PORT_BASE + 80))\"/" "$INSTANCE/conf/server.xml"
# Two applications may have beans of the same name. The server never takes the MBean of a container away, and keeps the
# application's classes by it.
cat >>"$INSTANCE/conf/system.properties" <<EOF

openejb.deploymentId.format = {appId}/{ejbName}
openejb.jmx.active = false
openejb.autodeploy.interval = 500 milliseconds
EOF
# It tells of each Work.
cat >>"$INSTANCE/conf/logging.properties" <<EOF

org.apache.geronimo.connector.work.level = WARNING
EOF
[ -z "${DATABASE_JAR:-}" ] || cp "$DATABASE_JAR" "$INSTANCE/lib/"
cat >"$INSTANCE/conf/tomee.xml" <<EOF
<tomee>
  <Deployments dir="apps" autoDeploy="true"/>
  <Resource id="xa" class-name="org.h2.jdbcx.JdbcDataSource">
    URL = ${DATABASE_URL:-jdbc:h2:mem:it}
    User = sa
    Password = sa
  </Resource>
  <Resource id="DefaultDataSource" type="javax.sql.DataSource">
    JtaManaged = true
    XaDataSource = xa
    UserName = sa
    Password = sa
  </Resource>
</tomee>
EOF
