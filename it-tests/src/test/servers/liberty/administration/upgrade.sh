#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Replaces the adapter by another version.
wlp/bin/server stop mail
cp smtp-inflow.rar wlp/usr/servers/mail/apps/
wlp/bin/server start mail
