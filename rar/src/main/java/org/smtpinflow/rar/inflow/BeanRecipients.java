// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.util.List;
import org.smtpinflow.api.Recipient;

/**
 * What one bean gets of a message.
 *
 * @param endpoint the bean
 * @param recipients those recipients of the message that it takes; at least one
 */
record BeanRecipients(MailEndpoint endpoint, List<Recipient> recipients) {}
