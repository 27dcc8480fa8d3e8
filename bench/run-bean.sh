#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Measures the delivery to a bean that only reads the mail (ReadingBean), in a separate WildFly: CPU time per message
# against smtp-sink, and the heap that eight concurrent messages of almost 50 MiB take. run-bean.sh WILDFLY_HOME
# Build first: mvn -pl bench,rar -am package -DskipTests. Needs smtp-source and smtp-sink (package postfix).
set -euo pipefail
PATH=$PATH:/usr/sbin
wildfly=${1:?usage: run-bean.sh WILDFLY_HOME}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

# The sample's descriptor binds any bean to the adapter in the same EAR.
jar -cf "$work/beans.jar" -C "$here/target/classes" org/smtpinflow/bench/ReadingBean.class \
  -C "$here/../ejb-sample/src/main/resources" META-INF/jboss-ejb3.xml
cp "$here"/../rar/target/smtp-inflow*.rar "$work/smtp-inflow.rar"
cp -r "$wildfly/standalone" "$work/server"
rm -rf "$work/server/deployments"/* "$work/server/data" "$work/server/log"
jar -cfM "$work/server/deployments/bench.ear" -C "$work" smtp-inflow.rar -C "$work" beans.jar

offset=$(shuf -i 10000-20000 -n 1)
port=$((offset + 2525))
export LAUNCH_JBOSS_IN_BACKGROUND=true JBOSS_PIDFILE="$work/pid"
export JAVA_OPTS="-Xms64m -Xmx512m -Djava.net.preferIPv4Stack=true -Xlog:gc:file=$work/gc.log"
"$wildfly/bin/standalone.sh" -c standalone-full.xml -Djboss.server.base.dir="$work/server" \
  -Djboss.socket.binding.port-offset="$offset" -Dsmtp-inflow.smtpPort="$port" -Dsmtp-inflow.bindAddress=127.0.0.1 \
  > "$work/out" 2>&1 &
until (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
  if [ -e "$work/server/deployments/bench.ear.failed" ]; then cat "$work/out"; exit 1; fi
  sleep 0.2
done
pid=$(cat "$work/pid")

"$here/compare-sinks.sh" "$pid" "$port" bean@bench.example

used() { # live heap in KiB
  jcmd "$pid" GC.run > /dev/null
  jcmd "$pid" GC.heap_info | sed -n 's/.*used \([0-9]*\)K.*/\1/p' | head -1
}

echo "$(used) KiB of live heap without a message"
collections=$(wc -l < "$work/gc.log")
smtp-source -s 8 -m 8 -l 52000000 -t bean@bench.example "127.0.0.1:$port" > /dev/null
peak=$(tail -n +$((collections + 1)) "$work/gc.log" | sed -n 's/.*->\([0-9]*\)M.*/\1/p' | sort -n | tail -1)
echo "${peak:-(no collection was needed)} MiB of live heap at most after a collection while eight messages of almost 50 MiB arrive"
