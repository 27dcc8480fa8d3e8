#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes messages of up to 10 MiB, and up to 200 sessions at once.
asadmin disable shop
asadmin disable smtp-inflow
asadmin set resources.resource-adapter-config.smtp-inflow.property.maxMessageSize=10485760
asadmin set resources.resource-adapter-config.smtp-inflow.property.maxSessions=200
asadmin enable smtp-inflow
asadmin enable shop
