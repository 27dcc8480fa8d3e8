#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the benchmarks; passes its arguments to JMH. Build first: mvn -pl bench -am package -DskipTests
set -eu
cd "$(dirname "$0")/target"
exec java -cp "classes:$(cat classpath)" org.openjdk.jmh.Main "$@"
