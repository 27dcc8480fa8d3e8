// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.Gate.Held;
import org.smtpinflow.it.app.HeldBean;
import org.smtpinflow.it.app.Holding;
import org.smtpinflow.it.app.StoringBean;

/** An application that goes takes leave: what was begun ends, and nothing else begins. */
@ExtendWith(ArquillianExtension.class)
class UndeployIT {

  private static final String APPLICATION = "undeploy";

  private static final String BEGIN =
      """
      S: 220 ...
      C: HELO client.example
      S: 250 ...
      """;

  private static final String ADDRESS =
      """
      C: MAIL FROM:<sender@example.org>
      S: 250 2.1.0 ...
      C: RCPT TO:<%s>
      S: 250 2.1.5 ...
      """;

  private static final String CONTENT =
      """
      C: DATA
      S: 354 ...
      C: Subject: undeploy
      C:
      C: .
      """;

  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        APPLICATION, Archives.adapter(), HeldBean.class, Holding.class, StoringBean.class);
  }

  @Test
  void deliveriesAndOpenMailTransactionsEndAndNoneBegin() throws IOException {
    deployer.deploy(APPLICATION);
    CompletableFuture<Void> undeployment;
    try (Gate gate = new Gate();
        SmtpConnection delivering = new SmtpConnection();
        SmtpConnection addressing = new SmtpConnection();
        SmtpConnection idle = new SmtpConnection()) {
      Transcript.play(delivering, BEGIN + ADDRESS.formatted(gate.mailbox()) + CONTENT);
      Transcript.play(addressing, BEGIN + ADDRESS.formatted("open@store.example"));
      Transcript.play(idle, BEGIN);
      try (Held held = gate.await()) {
        undeployment = CompletableFuture.runAsync(() -> deployer.undeploy(APPLICATION));
        awaitRefusal(idle);
        assertThat(undeployment).isNotDone();

        String id =
            Transcript.play(addressing, CONTENT + "S: 250 2.0.0 Message {id} delivered").get("id");
        assertThat(Database.sightings(id)).hasSize(1);

        held.release();
        assertThat(delivering.readReply())
            .isEqualTo("250 2.0.0 Message " + held.mailId() + " delivered");
        assertThat(Database.sightings(held.mailId())).hasSize(1);
      }
    }
    undeployment.join();
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
  }

  /**
   * Begins mail transactions, in a session that was open before, until the server takes no more.
   */
  private static void awaitRefusal(SmtpConnection idle) {
    Await.until(
        "451 4.3.2 or 421 4.3.2",
        () -> {
          try {
            String reply = idle.command("MAIL FROM:<sender@example.org>");
            if (reply.startsWith("250")) {
              reply = idle.command("RCPT TO:<late@store.example>");
            }
            if (reply.startsWith("4")) {
              assertThat(reply).matches("4[25]1 4\\.3\\.2 .*");
              return true;
            }
            idle.command("RSET");
            return false;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }
}
