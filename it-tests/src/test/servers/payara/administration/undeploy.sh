#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Undoes deploy.sh, and mail-server.sh: what belongs to the adapter goes with it.
asadmin undeploy shop
asadmin undeploy --cascade=true smtp-inflow
