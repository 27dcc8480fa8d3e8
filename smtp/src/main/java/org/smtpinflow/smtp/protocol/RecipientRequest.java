// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Recipient;

/**
 * The question whether a recipient is accepted, from a RCPT command.
 *
 * @param client the client that sent the command
 * @param envelope the envelope so far, with the recipients accepted before this one
 * @param recipient the recipient to accept or refuse
 */
public record RecipientRequest(Client client, Envelope envelope, Recipient recipient) {}
