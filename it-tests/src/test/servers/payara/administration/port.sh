#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Changes the port to 2600.
asadmin disable shop
asadmin disable smtp-inflow
asadmin set resources.resource-adapter-config.smtp-inflow.property.smtpPort=2600
asadmin enable smtp-inflow
asadmin enable shop
