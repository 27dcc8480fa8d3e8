#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the server, with the adapter and the application.
wlp/bin/server create mail
cp server.xml wlp/usr/servers/mail/
cp smtp-inflow.rar shop.jar wlp/usr/servers/mail/apps/
mkdir -p wlp/usr/servers/mail/configDropins/overrides
cp mail.xml wlp/usr/servers/mail/configDropins/overrides/
wlp/bin/server start mail
