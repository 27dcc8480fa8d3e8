#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Deploys the application, or redeploys it: by a move, so that the server does not find half of it.
cp shop.ear apache-tomee-plume-9.0.0/temp/
mv apache-tomee-plume-9.0.0/temp/shop.ear apache-tomee-plume-9.0.0/apps/
