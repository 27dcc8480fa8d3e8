#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compiles the bean with the API out of the adapter and with that of the server.
mkdir rar classes
(cd rar && jar -xf ../smtp-inflow.rar)
api=wildfly-39.0.1.Final/modules/system/layers/base/jakarta
javac -d classes -cp "rar/*:$api/ejb/api/main/*:$api/mail/api/main/*" SupportBean.java
mkdir classes/META-INF
cp jboss-ejb3.xml classes/META-INF/
echo 'Dependencies: deployment.smtp-inflow.rar' >manifest
jar -cfm shop.jar manifest -C classes .
