#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures processor time per full TLS 1.3 handshake against a bare Netty server, with an RSA-2048
# and an EC P-256 key. Build first: mvn -pl bench -am package -DskipTests
set -eu
cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
openssl req -x509 -nodes -days 1 -subj /CN=sink -newkey rsa:2048 \
  -keyout "$keys/rsa.key" -out "$keys/rsa.crt" 2>/dev/null
openssl req -x509 -nodes -days 1 -subj /CN=sink -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
  -keyout "$keys/ec.key" -out "$keys/ec.crt" 2>/dev/null
java -cp "target/classes:$(cat target/classpath)" org.smtpinflow.bench.HandshakeMain \
  "$keys/rsa.crt" "$keys/rsa.key" "$keys/ec.crt" "$keys/ec.key"
