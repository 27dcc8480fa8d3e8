#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes another version of the adapter. What was set for it stays.
asadmin undeploy shop
asadmin undeploy smtp-inflow
asadmin deploy --name smtp-inflow smtp-inflow.rar
asadmin deploy --name shop shop.jar
