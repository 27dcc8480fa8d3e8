#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Lets the commands that follow authenticate, by the line AS_ADMIN_PASSWORD=... in the file.
export AS_ADMIN_PASSWORDFILE=$PWD/passwords
