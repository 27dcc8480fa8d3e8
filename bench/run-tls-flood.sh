#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures how long a session waits for a reply while another client floods the server with TLS
# handshakes. Build first: mvn -pl bench -am package -DskipTests
set -eu
cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
openssl req -x509 -nodes -days 1 -subj /CN=sink -newkey rsa:2048 \
  -keyout "$keys/rsa.key" -out "$keys/rsa.crt" 2>/dev/null
java -cp "target/classes:$(cat target/classpath)" org.smtpinflow.bench.TlsFloodMain \
  "$keys/rsa.crt" "$keys/rsa.key"
