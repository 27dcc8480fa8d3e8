// SPDX-License-Identifier: Apache-2.0
/**
 * The health of the help desk, for containers with MicroProfile Health. The others do not load this
 * package: see beans.xml.
 *
 * <p>This package imports the API, CDI and MicroProfile Health. Nothing imports it.
 */
package org.smtpinflow.sample.helpdesk.web.health;
