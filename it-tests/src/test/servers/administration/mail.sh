#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sends a mail to the bean.
printf 'Subject: first mail\n\nHello!\n' |
  curl --crlf smtp://localhost:2525 --mail-from ann@example.org --mail-rcpt support@example.com --upload-file -
