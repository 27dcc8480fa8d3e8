#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures the server, and starts it.
mkdir apache-tomee-plume-9.0.0/apps
cp tomee.xml apache-tomee-plume-9.0.0/conf/
cat system.properties mail.properties >>apache-tomee-plume-9.0.0/conf/system.properties
cat logging.properties >>apache-tomee-plume-9.0.0/conf/logging.properties
sh apache-tomee-plume-9.0.0/bin/catalina.sh start
