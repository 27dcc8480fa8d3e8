// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.HeldBean;
import org.smtpinflow.it.app.Holding;
import org.smtpinflow.it.app.OneInstanceBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Gate;
import org.smtpinflow.it.environment.Gate.Held;

/** Beans that are slow, or too few: who waits, for how long, and what the others notice of it. */
@ExtendWith(ArquillianExtension.class)
class BusyIT {

  private static final String DELIVERED = "250 2.0.0 Message %s delivered";

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    Map<String, String> settings =
        Map.of(
            "deliveryWait", "3",
            "maxMessageSize", "65536",
            "contentThreshold", "1024",
            // Room for two of the messages below: a client network gets no more than it leaves
            // free.
            "contentBudget", "270000");
    return Archives.application(
        "busy",
        Archives.adapter(settings),
        HeldBean.class,
        Holding.class,
        OneInstanceBean.class,
        StoringBean.class);
  }

  /** Sends a message up to the end of its data; the reply is still to come. */
  private static SmtpConnection send(String recipient, String body) throws IOException {
    SmtpConnection connection = new SmtpConnection();
    Transcript.play(
        connection,
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<sender@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: busy
        C:
        C: %s
        C: .
        """
            .formatted(recipient, body.replace("\r\n", "\nC: ")));
    return connection;
  }

  private static SmtpConnection send(String recipient) throws IOException {
    return send(recipient, "Hello");
  }

  @Test
  void messageThatWaitsTooLongForABeanIsDeferredAndOthersGoOn() throws IOException {
    try (Gate gate = new Gate();
        SmtpConnection first = send(gate.mailbox());
        SmtpConnection second = send(gate.mailbox());
        Held firstHeld = gate.await();
        Held secondHeld = gate.await();
        SmtpConnection third = send(gate.mailbox());
        SmtpConnection other = send("anyone@store.example")) {
      // The bean takes two at once.
      assertThat(other.readReply()).startsWith("250 2.0.0 Message");
      assertThat(third.readReply())
          .isEqualTo("451 4.3.2 Too busy to take the message now, try again later");

      firstHeld.release();
      secondHeld.release();

      assertThat(new String[] {first.readReply(), second.readReply()})
          .containsExactlyInAnyOrder(
              DELIVERED.formatted(firstHeld.mailId()), DELIVERED.formatted(secondHeld.mailId()));
      assertThat(Database.sightingsOfRecipient(gate.mailbox())).hasSize(2);
      assertThat(third.command("NOOP")).startsWith("250 2.0.0");
    }
  }

  @Test
  void messageThatWaitsIsDeliveredWhenTheBeanIsFreeInTime() throws IOException {
    try (Gate gate = new Gate();
        SmtpConnection first = send(gate.mailbox());
        SmtpConnection second = send(gate.mailbox());
        Held firstHeld = gate.await();
        Held secondHeld = gate.await();
        SmtpConnection third = send(gate.mailbox())) {
      firstHeld.release();
      try (Held thirdHeld = gate.await()) {
        secondHeld.release();
        thirdHeld.release();

        assertThat(third.readReply()).isEqualTo(DELIVERED.formatted(thirdHeld.mailId()));
      }
      assertThat(first.readReply()).startsWith("250 2.0.0");
      assertThat(second.readReply()).startsWith("250 2.0.0");
    }
  }

  /** The bean's pool has one instance, and its spec says more: the server runs out of instances. */
  @Test
  void messageForWhichTheServerHasNoInstanceIsDeferred() throws IOException {
    try (Gate gate = new Gate();
        SmtpConnection first = send(gate.mailbox().replace("held.", "one."));
        Held held = gate.await();
        SmtpConnection second = send(gate.mailbox().replace("held.", "one."))) {
      assertThat(second.readReply()).startsWith("451 4.3.2 ");

      held.release();

      assertThat(first.readReply()).isEqualTo(DELIVERED.formatted(held.mailId()));
      assertThat(Database.sightingsOfRecipient(gate.mailbox().replace("held.", "one."))).hasSize(1);
    }
  }

  /** What waits for slow beans takes space, which has a bound; senders keep what is over it. */
  @Test
  void contentOverTheBudgetIsDeferredUntilThereIsSpaceAgain() throws IOException {
    String body = ("x".repeat(78) + "\r\n").repeat(750) + "end";
    try (Gate gate = new Gate();
        SmtpConnection first = send(gate.mailbox(), body);
        SmtpConnection second = send(gate.mailbox(), body);
        Held firstHeld = gate.await();
        Held secondHeld = gate.await();
        SmtpConnection third = send("anyone@store.example", body)) {
      assertThat(third.readReply()).startsWith("452 4.3.1");

      firstHeld.release();
      secondHeld.release();
      assertThat(first.readReply()).startsWith("250 2.0.0");
      assertThat(second.readReply()).startsWith("250 2.0.0");

      Transcript.play(
          third,
          """
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<anyone@store.example>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: %s
          C: .
          S: 250 2.0.0 ...
          """
              .formatted(body.replace("\r\n", "\nC: ")));
    }
  }
}
