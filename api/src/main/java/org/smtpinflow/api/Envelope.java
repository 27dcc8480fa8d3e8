// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The envelope of a message: the parameters of MAIL and RCPT (RFC 5321, section 2.3.1). It is
 * independent of the header of the content.
 *
 * @param reversePath the mailbox to report a failure to, from MAIL
 * @param recipients the recipients, in the order of their RCPT commands
 * @param body the BODY parameter of MAIL (RFC 6152, RFC 3030)
 * @param smtpUtf8 whether MAIL had the SMTPUTF8 parameter (RFC 6531): addresses and header fields
 *     may then have characters outside ASCII
 * @param requireTls whether MAIL had the REQUIRETLS parameter (RFC 8689): the message may only be
 *     sent on through TLS
 * @param declaredSize the SIZE parameter of MAIL in octets (RFC 1870), which is the client's
 *     estimate; {@link Mail#size()} is the actual size
 * @param dsnReturn the RET parameter of MAIL (RFC 3461, section 4.3)
 * @param envelopeId the ENVID parameter of MAIL (RFC 3461, section 4.4), decoded from xtext
 * @param submitter the AUTH parameter of MAIL (RFC 4954, section 5): the original submitter of the
 *     message, according to an authenticated client; empty if the parameter is {@code <>} or the
 *     client has not authenticated
 */
public record Envelope(
    ReversePath reversePath,
    List<Recipient> recipients,
    BodyType body,
    boolean smtpUtf8,
    boolean requireTls,
    OptionalLong declaredSize,
    Optional<DsnReturn> dsnReturn,
    Optional<String> envelopeId,
    Optional<Mailbox> submitter) {

  /** Copies the list of recipients; no argument may be null. */
  public Envelope {
    Objects.requireNonNull(reversePath, "reversePath");
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(declaredSize, "declaredSize");
    Objects.requireNonNull(dsnReturn, "dsnReturn");
    Objects.requireNonNull(envelopeId, "envelopeId");
    Objects.requireNonNull(submitter, "submitter");
  }

  /** Returns this envelope with other recipients. */
  public Envelope withRecipients(List<Recipient> others) {
    return new Envelope(
        reversePath,
        others,
        body,
        smtpUtf8,
        requireTls,
        declaredSize,
        dsnReturn,
        envelopeId,
        submitter);
  }
}
