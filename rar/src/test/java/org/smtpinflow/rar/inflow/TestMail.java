// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.api.ReversePath;
import org.smtpinflow.rar.container.Transactions;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.protocol.Acceptance;
import org.smtpinflow.smtp.protocol.ReceivedMail;

/** A mail without content, for tests of how one is delivered. */
final class TestMail {

  private static final Recipient RECIPIENT = Recipient.of(ForwardPath.POSTMASTER);

  /** For beans that want no transaction. */
  static final Transactions NO_TRANSACTIONS =
      new Transactions(new NoTransactions(), Optional.empty(), "the test");

  private TestMail() {}

  /** Returns the delivery of a mail with the id ID to some beans. */
  static Delivery delivery(
      Optional<Client.Identity> sender, Transactions transactions, MailEndpoint... endpoints) {
    return delivery(TestClient.of("smtp", Optional.empty(), sender), transactions, endpoints);
  }

  /** Returns the delivery of a mail of a client to some beans. */
  static Delivery delivery(Client client, Transactions transactions, MailEndpoint... endpoints) {
    ReceivedMail mail = of("ID", client, false, List.of(RECIPIENT), List.of(Acceptance.NOTHING));
    List<BeanRecipients> shares =
        List.of(endpoints).stream().map(e -> new BeanRecipients(e, List.of(RECIPIENT))).toList();
    return new Delivery(mail, shares, transactions);
  }

  /** Returns a mail whose recipients were accepted with these acceptances. */
  static ReceivedMail of(
      String id,
      Client client,
      boolean replyPerRecipient,
      List<Recipient> recipients,
      List<Acceptance> acceptances) {
    return new ReceivedMail(
        id,
        envelope(recipients),
        acceptances,
        replyPerRecipient,
        client,
        Instant.EPOCH,
        new NoContent());
  }

  /** Returns an envelope from the null reverse-path. */
  static Envelope envelope(List<Recipient> recipients) {
    return new Envelope(
        ReversePath.NULL,
        recipients,
        BodyType.SEVEN_BIT,
        false,
        false,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final class NoContent implements Content {

    @Override
    public long size() {
      return 0;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return -1;
    }

    @Override
    public void close() {}
  }
}
