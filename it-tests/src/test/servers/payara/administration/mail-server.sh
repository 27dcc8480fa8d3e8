#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Offers mail/server to applications that watch or pause the adapter.
asadmin create-admin-object --restype org.smtpinflow.api.MailServer --raname smtp-inflow mail/server
