#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Stores the password of a key store, the line AS_ADMIN_ALIASPASSWORD=... in a file, under an alias, and sets the alias.
asadmin --passwordfile key-store-password create-password-alias smtp-key-store
asadmin disable shop
asadmin disable smtp-inflow
asadmin set resources.resource-adapter-config.smtp-inflow.property.tlsKeyStoreFile=/etc/smtp-inflow/keystore.p12
asadmin set 'resources.resource-adapter-config.smtp-inflow.property.tlsKeyStorePassword=${ALIAS=smtp-key-store}'
asadmin enable smtp-inflow
asadmin enable shop
