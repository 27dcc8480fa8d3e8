// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.HeldBean;
import org.smtpinflow.it.app.Holding;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Gate;
import org.smtpinflow.it.environment.Gate.Held;

/**
 * The container is shut down: deliveries are completed, and clients in a session are asked to come
 * back.
 */
@ExtendWith(ArquillianExtension.class)
class ServerStopIT {

  private static final String SERVER = "second";
  private static final String APPLICATION = "stop";

  @ArquillianResource private ContainerController servers;
  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive application() {
    return Archives.application(APPLICATION, Archives.adapter(), HeldBean.class, Holding.class);
  }

  @Test
  void sessionsHear421AndDeliveriesEnd() throws IOException {
    servers.start(SERVER);
    deployer.deploy(APPLICATION);
    try (Gate gate = new Gate();
        SmtpConnection delivering = new SmtpConnection();
        SmtpConnection idle = new SmtpConnection()) {
      Transcript.play(
          delivering,
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
          C: Subject: stop
          C:
          C: .
          """
              .formatted(gate.mailbox()));
      Transcript.play(idle, "S: 220 ...\nC: HELO client.example\nS: 250 ...");
      Held held = gate.await();
      CompletableFuture<Void> clients =
          CompletableFuture.runAsync(
              () -> {
                try (held) {
                  Transcript.play(idle, "S: 421 4.3.2 ...\nS: (closed)");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      servers.stop(SERVER);

      clients.join();
      assertThat(delivering.readReply()).startsWith("250 2.0.0 Message " + held.mailId());
      assertThat(delivering.readReply()).startsWith("421 4.3.2");
      assertThat(Database.sightings(held.mailId())).hasSize(1);
    }
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
  }
}
