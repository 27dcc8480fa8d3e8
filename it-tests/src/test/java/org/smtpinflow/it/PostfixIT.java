// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.DeferringBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.Postfix;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;

/** A mail server in front of ours, as sites have it: it keeps what we do not acknowledge. */
@ExtendWith(ArquillianExtension.class)
class PostfixIT {

  private static final String APPLICATION = "postfix";

  private static final String HEADER =
      """
      From: sender@example.org
      Date: Mon, 23 Nov 2026 12:00:00 +0000
      Message-ID: <%s@example.org>
      Subject: relayed

      """
          .replace("\n", "\r\n");

  @ArquillianResource private Deployer deployer;

  private boolean deployed;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        APPLICATION, Archives.adapter(), StoringBean.class, DeferringBean.class);
  }

  private void deploy() {
    deployer.deploy(APPLICATION);
    deployed = true;
  }

  @AfterEach
  void undeploy() {
    if (deployed) {
      deployer.undeploy(APPLICATION);
    }
  }

  private static void inject(Postfix postfix, String recipient, String content) throws IOException {
    byte[] octets = content.getBytes(ISO_8859_1);
    try (SmtpConnection connection = postfix.connect()) {
      Transcript.play(
          connection,
          """
          C: MAIL FROM:<sender@example.org> BODY=8BITMIME
          S: 250 2.1.0 Ok
          C: RCPT TO:<%s>
          S: 250 2.1.5 Ok
          C: BDAT %d LAST
          """
              .formatted(recipient, octets.length));
      connection.send(octets);
      Transcript.play(connection, "S: 250 2.0.0 Ok: ...");
    }
  }

  private static Sighting awaitSighting(String recipient) {
    Await.until("mail to " + recipient, () -> !Database.sightingsOfRecipient(recipient).isEmpty());
    List<Sighting> sightings = Database.sightingsOfRecipient(recipient);
    assertThat(sightings).hasSize(1);
    return sightings.get(0);
  }

  @Test
  void relayedMailArrivesAsItWasSent() throws IOException {
    String recipient = "postfix@store.example";
    String content =
        HEADER.formatted("relayed") + ".\r\n..\r\n\u00fc\u0001 \r\n" + "line\r\n".repeat(20_000);
    try (Postfix postfix = new Postfix()) {
      deploy();
      inject(postfix, recipient, content);

      Sighting seen = awaitSighting(recipient);

      assertThat(seen.content()).endsWith("\r\n" + content);
      assertThat(seen.content()).contains("from relay.example ", "by relay.example (Postfix)");
      // It has sent its commands without waiting for the replies.
      assertThat(postfix.log())
          .containsPattern("> 127.*: MAIL FROM.*\n.*> 127.*: RCPT TO.*\n.*> 127.*: DATA");
    }
  }

  @Test
  void mailThatABeanDefersIsSentAgain() throws IOException {
    String recipient = "postfix@defer.example";
    try (Postfix postfix = new Postfix()) {
      deploy();
      inject(postfix, recipient, HEADER.formatted("deferred") + "Hello\r\n");

      assertThat(awaitSighting(recipient).content()).endsWith("Hello\r\n");
      Await.until("status=sent", () -> postfix.log().contains("status=sent"));
      assertThat(postfix.log()).contains("status=deferred", "450 4.2.1 The bean is not ready yet");
    }
  }

  @Test
  void mailWaitsUntilTheApplicationIsThere() throws IOException {
    try (Postfix postfix = new Postfix()) {
      for (int i = 0; i < 10; i++) {
        inject(postfix, "postfix-" + i + "@store.example", HEADER.formatted(i) + "Hello\r\n");
      }
      Await.until("an attempt", () -> postfix.log().contains("Connection refused"));
      deploy();

      for (int i = 0; i < 10; i++) {
        awaitSighting("postfix-" + i + "@store.example");
      }
      assertThat(postfix.log()).doesNotContain("status=bounced");
    }
  }
}
