#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a server that is configured as docs/tomee.md says. If there is a DATABASE_URL, the default datasource is that
# database, by XA; DATABASE_JAR is its driver.
. "$(dirname "$0")/common.sh"
files="$(dirname "$0")/administration"
rm -rf "$INSTANCE"
mkdir -p "$applications" "$INSTANCE"/{lib,logs,temp,webapps,work}
cp -r "$SERVER_HOME/conf" "$INSTANCE/"
sed -i "s/\"8005\"/\"$((PORT_BASE + 5))\"/; s/\"8080\"/\"$((PORT_BASE + 80))\"/" "$INSTANCE/conf/server.xml"
cp "$files/tomee.xml" "$INSTANCE/conf/"
for name in system.properties logging.properties; do
  (echo && cat "$files/$name") >>"$INSTANCE/conf/$name"
done
# The JDK remembers the properties of classes by soft references: with this the JVM clears them in each collection.
mkdir "$INSTANCE/bin"
echo 'CATALINA_OPTS="$CATALINA_OPTS -XX:SoftRefLRUPolicyMSPerMB=0"' >"$INSTANCE/bin/setenv.sh"
echo 'openejb.autodeploy.interval = 500 milliseconds' >>"$INSTANCE/conf/system.properties"
[ -n "${DATABASE_URL:-}" ] || exit 0
cp "$DATABASE_JAR" "$INSTANCE/lib/"
sed -i '/<\/tomee>/d' "$INSTANCE/conf/tomee.xml"
cat >>"$INSTANCE/conf/tomee.xml" <<EOF
  <Resource id="xa" class-name="org.h2.jdbcx.JdbcDataSource">
    URL = $DATABASE_URL
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
