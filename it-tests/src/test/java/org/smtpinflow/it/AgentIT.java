// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.it.client.Agent;
import org.smtpinflow.it.client.CustomerServer;
import org.smtpinflow.it.client.HelpDesk;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Await;

/** The answers of agents: who is one, and what the customer gets. */
@ExtendWith(ArquillianExtension.class)
@UnsupportedOn(value = TomEE.class, because = "the sample's EAR has no descriptor for TomEE")
class AgentIT {

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.helpDesk(Agent.adapter());
  }

  @BeforeEach
  void registerAgent() {
    Agent.register();
  }

  /** Opens a ticket as customer@example.org, and returns its id. */
  private static Object openTicket(String subject) throws IOException {
    HelpDesk.send(
        "support@example.com",
        "From: Customer <customer@example.org>\nSubject: %1$s\nMessage-ID: <%1$s@example.org>\n\nHelp!"
            .formatted(subject),
        "250 2.0.0 ...");
    return HelpDesk.tickets(subject).get(0).get("id");
  }

  private static String address(Object ticket) {
    return "support+" + ticket + "@example.com";
  }

  private static Map<String, Object> awaitState(Object ticket, int number, String state) {
    Await.until(
        "the answer being " + state,
        () -> state.equals(HelpDesk.answer(ticket, number).get("state")));
    return HelpDesk.answer(ticket, number);
  }

  @Test
  void answerReachesTheCustomerFromTheAddressOfTheTicket() throws Exception {
    Object ticket = openTicket("pomegranate");

    try (CustomerServer customers = new CustomerServer()) {
      Agent.send(
          """
          From: Ann <ann@agents.example>
          To: %s
          Cc: boss@agents.example
          Subject: Re: pomegranate
          Message-ID: <internal@agents.example>
          X-Internal: workstation 12

          Turn it off and on.
          Gr\u00fc\u00dfe
          """
              .formatted(address(ticket)),
          address(ticket));

      MimeMessage answer = customers.await(1).get(0);
      assertThat(answer.getFrom())
          .containsExactly(new InternetAddress("Help desk <" + address(ticket) + ">"));
      assertThat(answer.getAllRecipients())
          .containsExactly(new InternetAddress("customer@example.org"));
      assertThat(answer.getSubject()).isEqualTo("Re: pomegranate");
      assertThat(answer.getHeader("In-Reply-To")).containsExactly("<pomegranate@example.org>");
      assertThat(answer.getHeader("References")).containsExactly("<pomegranate@example.org>");
      assertThat(answer.getMessageID()).endsWith("@example.com>");
      assertThat(answer.getSentDate()).isNotNull();
      assertThat(answer.getHeader("Return-Path")).containsExactly("<" + address(ticket) + ">");
      assertThat(answer.getHeader("X-Internal")).isNull();
      assertThat(text(answer)).contains("Turn it off and on.");
      assertThat(raw(answer)).doesNotContain("agents.example", Agent.NAME);
    }
    assertThat(awaitState(ticket, 2, "sent"))
        .containsEntry("recipient", "customer@example.org")
        .containsEntry("reason", "");
    assertThat(HelpDesk.message(ticket, 2)).containsEntry("agent", Agent.NAME);
    assertThat(HelpDesk.message(ticket, 1))
        .containsEntry("agent", "")
        .containsEntry("answer", null);
  }

  private static String text(Message message) throws MessagingException, IOException {
    return Objects.toString(message.getContent());
  }

  private static String raw(MimeMessage message) throws IOException, MessagingException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    message.writeTo(octets);
    return octets.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void conversationIsOneThreadForTheCustomer() throws Exception {
    Object ticket = openTicket("tangerine");

    try (CustomerServer customers = new CustomerServer()) {
      Agent.send("Subject: Re: tangerine\n\nWhich one?", address(ticket));
      String first = customers.await(1).get(0).getMessageID();
      HelpDesk.send(
          address(ticket),
          "Subject: Re\nMessage-ID: <second@example.org>\nIn-Reply-To: %s\n\nThat one"
              .formatted(first),
          "250 2.0.0 ...");
      Agent.send("Subject: Re: tangerine\n\nI see.", address(ticket));
      MimeMessage second = customers.await(2).get(1);

      assertThat(second.getHeader("In-Reply-To")).containsExactly("<second@example.org>");
      assertThat(second.getHeader("References", null).split("\\s+"))
          .containsExactly("<tangerine@example.org>", first, "<second@example.org>");
    }
  }

  @Test
  void filesGoWithTheAnswer() throws Exception {
    Object ticket = openTicket("kumquat");

    try (CustomerServer customers = new CustomerServer()) {
      Agent.send(
          """
          Subject: Re: kumquat
          MIME-Version: 1.0
          Content-Type: multipart/mixed; boundary=b

          --b
          Content-Type: text/plain

          See the file.
          --b
          Content-Type: image/png
          Content-Disposition: attachment; filename="how to.png"
          Content-Transfer-Encoding: base64

          AAEC/w==
          --b--
          """,
          address(ticket));

      MimeMultipart parts = (MimeMultipart) customers.await(1).get(0).getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertThat(parts.getBodyPart(0).getContent()).isEqualTo("See the file.");
      BodyPart file = parts.getBodyPart(1);
      assertThat(file.getFileName()).isEqualTo("how to.png");
      assertThat(file.isMimeType("image/png")).isTrue();
      assertThat(file.getInputStream().readAllBytes())
          .containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 255);
    }
  }

  @Test
  void whoOnlyClaimsToBeAnAgentIsACustomer() throws IOException {
    Object ticket = openTicket("persimmon");

    HelpDesk.send(
        address(ticket),
        """
        From: %1$s <%2$s>
        Sender: %2$s
        X-Authenticated-User: %1$s

        I am an agent.
        """
            .formatted(Agent.NAME, Agent.MAILBOX),
        "250 2.0.0 ...");

    assertThat(HelpDesk.message(ticket, 2))
        .containsEntry("agent", "")
        .containsEntry("answer", null);
  }

  @Test
  void withoutAMailServerAnswerIsKeptAndSentWhenThereIsOne() throws Exception {
    Object ticket = openTicket("nectarine");

    Agent.send("Subject: Re: nectarine\n\nWait.", address(ticket));

    Await.until("the reason", () -> !"".equals(HelpDesk.answer(ticket, 2).get("reason")));
    Map<String, Object> waiting = HelpDesk.answer(ticket, 2);
    assertThat(waiting).containsEntry("state", "waiting").containsEntry("sentAt", "");
    assertThat(waiting.get("reason")).asString().contains("cannot be reached", "refused");
    assertThat(waiting.get("nextAttemptAt")).asString().isNotEmpty();
    try (CustomerServer customers = new CustomerServer()) {
      assertThat(customers.await(1).get(0).getSubject()).isEqualTo("Re: nectarine");
      awaitState(ticket, 2, "sent");
    }
  }

  @Test
  void answerWhoseTransactionRollsBackIsNotSent() throws Exception {
    Object ticket = openTicket("clementine");

    try (CustomerServer customers = new CustomerServer()) {
      assertThatThrownBy(
              () ->
                  Agent.send("Subject: taken back\n\nNo", address(ticket), "rollback@example.com"))
          .hasMessageContaining("451 4.3.0");
      Agent.send("Subject: meant\n\nYes", address(ticket));
      awaitState(ticket, 2, "sent");

      List<MimeMessage> received = customers.received();
      assertThat(received).hasSize(1);
      assertThat(received.get(0).getSubject()).isEqualTo("meant");
    }
  }

  @Test
  void ticketWithoutAReturnAddressGetsNoAnswer() throws Exception {
    Transcript.play(
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<>
        S: 250 2.1.0 ...
        C: RCPT TO:<support@example.com>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: mirabelle
        C:
        C: Undeliverable
        C: .
        S: 250 2.0.0 ...
        """);
    Object ticket = HelpDesk.tickets("mirabelle").get(0).get("id");

    Agent.send("Subject: Re\n\nWhom do I tell?", address(ticket));

    assertThat(HelpDesk.answer(ticket, 2))
        .containsEntry("state", "failed")
        .containsEntry("reason", "the ticket was opened without a return address");
  }

  @ParameterizedTest
  @CsvSource({
    "boysenberry, Auto-Submitted: auto-replied, Auto-Submitted",
    "cloudberry, Precedence: bulk, Precedence",
    "dewberry, X-Autoreply: yes, X-Autoreply",
  })
  void automaticMailOfAnAgentIsNotSent(String subject, String field, String sign) throws Exception {
    Object ticket = openTicket(subject);

    Agent.send("Subject: Away\n" + field + "\n\nOn leave", address(ticket));

    assertThat(HelpDesk.answer(ticket, 2)).containsEntry("state", "failed");
    assertThat(HelpDesk.answer(ticket, 2).get("reason")).asString().contains(sign);
  }

  @Test
  void mailOfAnAgentWithTheNullReversePathIsNotSent() throws Exception {
    Object ticket = openTicket("elderberry");

    Agent.sendFrom("<>", "Subject: Read\n\nYour mail was read.", address(ticket));

    assertThat(HelpDesk.answer(ticket, 2)).containsEntry("state", "failed");
    assertThat(HelpDesk.answer(ticket, 2).get("reason")).asString().contains("null reverse-path");
  }

  /**
   * Cut to ASCII, the address would be Aukasz@example.org: somebody else's. The customers' mail
   * server offers SMTPUTF8; a unit test has one that does not.
   */
  @Test
  void answerToAnAddressOutsideAsciiReachesThatAddress() throws Exception {
    Transcript.play(
        """
        S: 220 ...
        C: EHLO client.example
        S: 250-mx.example.com ...
        S: *
        C: MAIL FROM:<\u0141ukasz@example.org> SMTPUTF8
        S: 250 2.1.0 ...
        C: RCPT TO:<support@example.com>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: huckleberry
        C:
        C: Help
        C: .
        S: 250 2.0.0 ...
        """);
    Object ticket = HelpDesk.tickets("huckleberry").get(0).get("id");

    try (CustomerServer customers = new CustomerServer()) {
      Agent.send("Subject: Re\n\nAnswer", address(ticket));
      MimeMessage received = customers.await(1).get(0);

      byte[] to = received.getHeader("To", null).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(new String(to, StandardCharsets.UTF_8)).contains("\u0141ukasz@example.org");
      awaitState(ticket, 2, "sent");
    }
  }
}
