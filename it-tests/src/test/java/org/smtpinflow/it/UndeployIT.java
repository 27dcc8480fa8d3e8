// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.HeldBean;
import org.smtpinflow.it.app.Holding;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.DomainContainer;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Gate;
import org.smtpinflow.it.environment.Gate.Held;

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
  @UnsupportedOn(
      value = DomainContainer.class,
      because = "the server rolls back what is under way when an application is undeployed")
  void deliveryUnderWayEnds() throws IOException {
    assertThat(undeployWhileDelivering("open@store.example")).startsWith("250 2.0.0 Message ");
  }

  @Test
  void deliveryUnderWayEndsOrIsDeferredAndNoneBegins() throws IOException {
    assertThat(undeployWhileDelivering("ajar@store.example"))
        .matches("(250 2\\.0\\.0|451 4\\.3\\.2) .*");
  }

  /**
   * Returns the reply to the message that is being delivered meanwhile.
   *
   * <p>WildFly calls no bean any more as soon as its undeployment has begun, so what a client has
   * only begun is deferred there. Payara takes leave of one bean after the other, and what is for
   * one whose turn has not come is delivered still.
   *
   * @param open the recipient of a message that a client has only begun
   */
  private String undeployWhileDelivering(String open) throws IOException {
    String reply;
    deployer.deploy(APPLICATION);
    try (Gate gate = new Gate();
        SmtpConnection delivering = new SmtpConnection();
        SmtpConnection addressing = new SmtpConnection()) {
      Transcript.play(delivering, BEGIN + ADDRESS.formatted(gate.mailbox()) + CONTENT);
      Transcript.play(addressing, BEGIN + ADDRESS.formatted(open));
      Held held = gate.await();
      AtomicBoolean undeployed = new AtomicBoolean();
      CompletableFuture<Void> clients =
          CompletableFuture.runAsync(
              () -> {
                try (held) {
                  Await.until(
                      "451 4.3.2 for new messages",
                      () -> isRefused("late@store.example") || isRefused(gate.mailbox()));
                  assertThatItIsDeliveredOrDeferred(addressing, open);
                  assertThat(undeployed).isFalse();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      deployer.undeploy(APPLICATION);
      undeployed.set(true);

      clients.join();
      reply = delivering.readReply();
      assertThat(Database.sightings(held.mailId())).hasSize(reply.startsWith("250") ? 1 : 0);
      assertThat(delivering.readReply()).startsWith("421 4.3.2");
    }
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
    return reply;
  }

  private static void assertThatItIsDeliveredOrDeferred(SmtpConnection addressing, String recipient)
      throws IOException {
    Transcript.play(addressing, CONTENT);
    String reply = addressing.readReply();
    assertThat(reply).matches("(250 2\\.0\\.0|451 4\\.3\\.2) .*");
    assertThat(Database.sightingsOfRecipient(recipient)).hasSize(reply.startsWith("250") ? 1 : 0);
  }

  /**
   * Returns whether the application takes no recipients any more; the undeployment must be the
   * reason.
   */
  private static boolean isRefused(String recipient) {
    try (SmtpConnection connection = new SmtpConnection()) {
      String reply = connection.readReply();
      for (String command :
          List.of(
              "EHLO client.example",
              "MAIL FROM:<sender@example.org>",
              "RCPT TO:<" + recipient + ">")) {
        if (reply.startsWith("421 4.3.2 ")) {
          // The last bean is being removed: clients without a mail transaction get this reply, even
          // before EHLO.
          return true;
        }
        reply = connection.command(command);
      }
      assertThat(reply).matches("(250 2\\.1\\.5|451 4\\.3\\.2) .*");
      return reply.startsWith("451");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
