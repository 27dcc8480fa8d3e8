// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON of the help desk, and what the page needs to be safe. All that is shown was written by
 * strangers: it leaves here as data, never as something that a browser would run.
 */
package org.smtpinflow.sample.helpdesk.web;
