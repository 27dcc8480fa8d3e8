// SPDX-License-Identifier: Apache-2.0
/**
 * The properties of the adapter and of its beans, and what they become once they have been checked.
 *
 * <p>May import the SMTP server's configuration types, and nothing else of the adapter.
 */
package org.smtpinflow.rar.settings;
