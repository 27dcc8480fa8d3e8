#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compiles the bean with the API out of the adapter and with that of the server.
mkdir rar classes
(cd rar && jar -xf ../smtp-inflow.rar)
javac -d classes -cp 'rar/*:apache-tomee-plume-9.0.0/lib/*' SupportBean.java
jar -cf shop.jar -C classes .
