// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /**
   * WildFly calls no bean any more as soon as its undeployment has begun, but waits for calls under
   * way; the adapter hears of it after that. So what a client has only begun is deferred.
   */
  @Test
  void deliveryUnderWayEndsAndNoneBegins() throws IOException {
    deployer.deploy(APPLICATION);
    try (Gate gate = new Gate();
        SmtpConnection delivering = new SmtpConnection();
        SmtpConnection addressing = new SmtpConnection()) {
      Transcript.play(delivering, BEGIN + ADDRESS.formatted(gate.mailbox()) + CONTENT);
      Transcript.play(addressing, BEGIN + ADDRESS.formatted("open@store.example"));
      Held held = gate.await();
      AtomicBoolean undeployed = new AtomicBoolean();
      CompletableFuture<Void> clients =
          CompletableFuture.runAsync(
              () -> {
                try (held) {
                  Await.until("451 4.3.2 for new messages", UndeployIT::isRefused);
                  Transcript.play(addressing, CONTENT + "S: 451 4.3.2 ...");
                  assertThat(undeployed).isFalse();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      deployer.undeploy(APPLICATION);
      undeployed.set(true);

      clients.join();
      assertThat(delivering.readReply())
          .isEqualTo("250 2.0.0 Message " + held.mailId() + " delivered");
      assertThat(Database.sightings(held.mailId())).hasSize(1);
      assertThat(Database.sightingsOfRecipient("open@store.example")).isEmpty();
      assertThat(delivering.readReply()).startsWith("421 4.3.2");
    }
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
  }

  /** Says whether the application takes no recipients any more; if so, it must be for that. */
  private static boolean isRefused() {
    try (SmtpConnection connection = new SmtpConnection().greet()) {
      connection.command("MAIL FROM:<sender@example.org>");
      String reply = connection.command("RCPT TO:<late@store.example>");
      assertThat(reply).matches("(250 2\\.1\\.5|451 4\\.3\\.2) .*");
      return reply.startsWith("451");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
