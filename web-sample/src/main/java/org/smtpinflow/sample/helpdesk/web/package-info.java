// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON of the help desk, and the rules that keep the page safe. Strangers wrote everything that
 * is shown: it leaves here as data, never as something that a browser would run.
 *
 * <p>This package imports the desk, its outbox, and Jakarta EE. Nothing imports it.
 */
package org.smtpinflow.sample.helpdesk.web;
