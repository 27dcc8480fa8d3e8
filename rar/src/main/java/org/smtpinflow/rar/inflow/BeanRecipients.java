// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.List;
import org.smtpinflow.api.Recipient;

/**
 * The part of a message that one bean gets.
 *
 * @param endpoint the bean
 * @param recipients the recipients of the message that the bean takes; at least one
 */
record BeanRecipients(MailEndpoint endpoint, List<Recipient> recipients) {}
