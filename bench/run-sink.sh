#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs only the engine, as a sink: run-sink.sh PORT [LOOPS]. Build first: mvn -pl bench -am package -DskipTests
set -eu
cd "$(dirname "$0")/target"
# Without the log of each message and session, which smtp-sink does not write either.
echo ".level = WARNING" > sink-logging.properties
exec java -Djava.util.logging.config.file=sink-logging.properties \
  -cp "classes:$(cat classpath)" org.smtpinflow.bench.SinkMain "$@"
