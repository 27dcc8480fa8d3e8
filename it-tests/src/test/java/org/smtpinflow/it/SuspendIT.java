// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.container.WildFly;
import org.smtpinflow.it.environment.Database;

/** The server is suspended, and resumed. */
@ExtendWith(ArquillianExtension.class)
@OnlyOn(value = WildFly.class, because = "the server cannot be suspended while it runs")
class SuspendIT {

  private static final String APPLICATION = "suspend";

  @ArquillianResource private Deployer deployer;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static EnterpriseArchive application() {
    return Archives.application(APPLICATION, Archives.adapter(), StoringBean.class);
  }

  @AfterEach
  void resume() {
    WildFly.resume();
  }

  private static void assertThatMailIsTaken() throws IOException {
    String id =
        Transcript.play(
                """
                S: 220 ...
                C: HELO client.example
                S: 250 ...
                C: MAIL FROM:<sender@example.org>
                S: 250 2.1.0 ...
                C: RCPT TO:<one@store.example>
                S: 250 2.1.5 ...
                C: DATA
                S: 354 ...
                C: Subject: suspend
                C:
                C: .
                S: 250 2.0.0 Message {id} delivered
                """)
            .get("id");
    assertThat(Database.sightings(id)).hasSize(1);
  }

  private static void assertThatPortIsClosed() {
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
  }

  @Test
  void suspendedServerTakesNoMailAndResumedOneDoes() throws IOException {
    deployer.deploy(APPLICATION);
    for (int i = 0; i < 3; i++) {
      assertThatMailIsTaken();
      WildFly.suspend();
      assertThatPortIsClosed();
      WildFly.resume();
    }
    assertThatMailIsTaken();
    deployer.undeploy(APPLICATION);
    assertThatPortIsClosed();
  }

  /** The beans are deactivated twice then: by suspend, and by undeploy. */
  @Test
  void applicationCanBeUndeployedWhileTheServerIsSuspended() throws IOException {
    deployer.deploy(APPLICATION);
    WildFly.suspend();
    ServerLog log = new ServerLog();
    deployer.undeploy(APPLICATION);
    WildFly.resume();

    assertThat(log.text()).doesNotContain("ERROR", "\tat ");
    deployer.deploy(APPLICATION);
    assertThatMailIsTaken();
    deployer.undeploy(APPLICATION);
  }
}
