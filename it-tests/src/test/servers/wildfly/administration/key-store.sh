#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Asks for the password of a key store, and sets it as an encrypted expression.
read -r -s -p 'Password of the key store: ' password
encrypted=$(printf '/subsystem=elytron/expression=encryption:create-expression(clear-text="%s")\n' "$password" |
  jboss-cli.sh --connect --file=/dev/stdin | sed -n 's/.*"expression" => "\(.*\)".*/\1/p')
properties=/subsystem=resource-adapters/resource-adapter=smtp/config-properties
printf '%s\n' batch \
  "$properties=tlsKeyStoreFile:add(value=/etc/smtp-inflow/keystore.p12)" \
  "$properties=tlsKeyStorePassword:add(value=\"$encrypted\")" \
  run-batch reload | jboss-cli.sh --connect --file=/dev/stdin
