// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Recipient;

/** One mail transaction: from MAIL to its end or reset (RFC 5321, section 3.3). */
final class MailTransaction {

  private final Envelope withoutRecipients;
  private final List<Recipient> recipients = new ArrayList<>();
  private final List<Acceptance> acceptances = new ArrayList<>();
  private boolean recipientNamed;
  private int deferredRecipients;

  /** The message, from when its content began to arrive. */
  private Optional<Arrival> arrival = Optional.empty();

  private Optional<BdatReader> chunks = Optional.empty();

  private record Arrival(String id, Instant since, IncomingContent content) {}

  MailTransaction(Envelope withoutRecipients) {
    this.withoutRecipients = withoutRecipients;
  }

  /** Records that there was a RCPT, whatever the reply to it. */
  void nameRecipient() {
    recipientNamed = true;
  }

  void accept(Recipient recipient, Acceptance acceptance) {
    recipients.add(recipient);
    acceptances.add(acceptance);
  }

  /** Counts a recipient that was answered 4yz; returns how many there are. */
  int deferRecipient() {
    return ++deferredRecipients;
  }

  int recipients() {
    return recipients.size();
  }

  boolean isSmtpUtf8() {
    return withoutRecipients.smtpUtf8();
  }

  BodyType body() {
    return withoutRecipients.body();
  }

  long declaredSize() {
    return withoutRecipients.declaredSize().orElse(0);
  }

  /** Returns the envelope with the recipients accepted so far. */
  Envelope envelope() {
    return withoutRecipients.withRecipients(recipients);
  }

  /** Sets the message that begins to arrive. */
  void begin(String id, Instant since, IncomingContent content) {
    arrival = Optional.of(new Arrival(id, since, content));
  }

  /** Sets the reader of a message that arrives in chunks. */
  void begin(BdatReader reader) {
    chunks = Optional.of(reader);
  }

  Optional<BdatReader> chunks() {
    return chunks;
  }

  /** Hands over the message, whose content is complete. */
  ReceivedMail received(Client client, boolean replyPerRecipient) {
    Arrival message = arrival.orElseThrow();
    return new ReceivedMail(
        message.id(),
        envelope(),
        acceptances,
        replyPerRecipient,
        client,
        message.since(),
        message.content().toContent());
  }

  void discardContent() {
    arrival.ifPresent(message -> message.content().discard());
  }

  TransactionState state() {
    if (chunks.isPresent()) {
      return TransactionState.CHUNKS;
    }
    if (!recipients.isEmpty()) {
      return TransactionState.RECIPIENTS;
    }
    return recipientNamed ? TransactionState.NO_RECIPIENT : TransactionState.SENDER;
  }
}
