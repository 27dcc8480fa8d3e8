// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Column;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mail;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.api.Recipient;

/** A mail as it is kept, of whatever kind: the envelope and the original. */
@MappedSuperclass
public abstract class StoredMail {

  /** The maximum number of octets of a path (RFC 5321, section 4.5.3.1.3). */
  public static final int MAX_PATH = 256;

  /** Room for a thousand of the longest paths. */
  private static final int MAX_RECIPIENTS = 1000 * (MAX_PATH + 1);

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "helpdesk_mail_id")
  private long id;

  @Column(name = "mail_id", nullable = false, length = 32)
  private String mailId;

  @Column(name = "received_at", nullable = false)
  private OffsetDateTime receivedAt;

  @Column(name = "envelope_sender", nullable = false, length = MAX_PATH)
  private String sender;

  /** One line for each, so that the search finds them; no mailbox contains a line feed. */
  @Column(name = "envelope_recipients", nullable = false, length = MAX_RECIPIENTS)
  private String recipients;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "original_id")
  private StoredContent original;

  /** For the persistence provider. */
  protected StoredMail() {}

  StoredMail(Mail mail, StoredContent original) {
    Envelope envelope = mail.envelope();
    this.mailId = mail.id();
    this.receivedAt = mail.receivedAt().atOffset(ZoneOffset.UTC);
    this.sender = envelope.reversePath().mailbox().map(Mailbox::toString).orElse("");
    this.recipients =
        envelope.recipients().stream().map(StoredMail::name).collect(Collectors.joining("\n"));
    this.original = original;
  }

  private static String name(Recipient recipient) {
    ForwardPath path = recipient.path();
    return path.mailbox().map(Mailbox::toString).orElseGet(path::localPart);
  }

  /** Returns the primary key. */
  public long id() {
    return id;
  }

  /** Returns the id that the SMTP server gave the mail and sent in its reply. */
  public String mailId() {
    return mailId;
  }

  /** Returns when the mail arrived, in UTC. */
  public OffsetDateTime receivedAt() {
    return receivedAt;
  }

  /** Returns the reverse-path; empty if it was null. */
  public String sender() {
    return sender;
  }

  /** Returns the recipients of the envelope that the bean took. */
  public List<String> recipients() {
    return recipients.lines().toList();
  }

  /** Returns the mail, octet for octet. */
  public StoredContent original() {
    return original;
  }
}
