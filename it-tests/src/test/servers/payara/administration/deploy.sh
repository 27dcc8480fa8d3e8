#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Deploys the adapter on its own, and an application with a bean that is bound to it: with that the port is opened.
asadmin create-resource-adapter-config --property smtpPort=2525:serverName=mx.example.com smtp-inflow
asadmin deploy --name smtp-inflow smtp-inflow.rar
asadmin deploy --name shop shop.jar
