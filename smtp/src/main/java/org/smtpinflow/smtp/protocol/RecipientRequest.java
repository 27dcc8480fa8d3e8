// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Recipient;

/**
 * The question that a RCPT command asks.
 *
 * @param client who asks
 * @param envelope the envelope so far, with the recipients accepted before this one
 * @param recipient the recipient to be accepted or refused
 */
public record RecipientRequest(Client client, Envelope envelope, Recipient recipient) {}
