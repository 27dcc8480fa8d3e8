// SPDX-License-Identifier: Apache-2.0
/**
 * The properties of the adapter and of its beans, and the settings that they are converted to.
 *
 * <p>May import the SMTP server's configuration types, and nothing else of the adapter.
 */
package org.smtpinflow.rar.settings;
