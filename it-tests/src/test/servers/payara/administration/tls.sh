#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Offers STARTTLS, with the files that the hook for certbot writes. Renewed ones are taken into use without any of this.
certificates=/etc/smtp-inflow
asadmin disable shop
asadmin disable smtp-inflow
asadmin set resources.resource-adapter-config.smtp-inflow.property.tlsCertificateFile=$certificates/fullchain.pem
asadmin set resources.resource-adapter-config.smtp-inflow.property.tlsKeyFile=$certificates/privkey.pem
asadmin enable smtp-inflow
asadmin enable shop
