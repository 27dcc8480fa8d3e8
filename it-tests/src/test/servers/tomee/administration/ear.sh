#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the application, and replaces an existing one: with the adapter, and with the API of the same version.
rm -rf rar ear
mkdir -p rar ear/lib ear/META-INF
(cd rar && jar -xf ../smtp-inflow.rar)
cp rar/smtp-inflow-api-*.jar ear/lib/
cp smtp-inflow.rar ear/shop-mail.rar
cp shop.jar ear/
cp resources.xml ear/META-INF/
jar -cf shop.ear -C ear .
