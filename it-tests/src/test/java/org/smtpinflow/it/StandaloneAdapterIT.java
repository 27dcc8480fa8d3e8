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
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.Ensemble;
import org.smtpinflow.it.app.FirstBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;

/** The adapter deployed on its own, and applications that come to it and go again. */
@ExtendWith(ArquillianExtension.class)
@UnsupportedOn(
    value = TomEE.class,
    because = "a server that is started again does not find the adapter on its own for its beans")
class StandaloneAdapterIT {

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "adapter", testable = false, order = 1)
  static ResourceAdapterArchive adapter() {
    return Archives.adapter();
  }

  @Deployment(name = "storing", managed = false, testable = false)
  static JavaArchive storing() {
    return Archives.beansOfAdapterOnItsOwn("storing", StoringBean.class);
  }

  @Deployment(name = "first", managed = false, testable = false)
  static JavaArchive first() {
    return Archives.beansOfAdapterOnItsOwn("first", Ensemble.class, FirstBean.class);
  }

  @Test
  void applicationsComeAndGo() throws IOException {
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
    deployer.deploy("storing");
    deployer.deploy("first");
    try (SmtpConnection connection = new SmtpConnection()) {
      String id =
          Transcript.play(
                  connection,
                  """
                  S: 220 ...
                  C: HELO client.example
                  S: 250 ...
                  C: MAIL FROM:<sender@example.org>
                  S: 250 2.1.0 ...
                  C: RCPT TO:<one@store.example>
                  S: 250 2.1.5 ...
                  C: RCPT TO:<first@fan.example>
                  S: 250 2.1.5 ...
                  C: DATA
                  S: 354 ...
                  C: Subject: two applications
                  C:
                  C: .
                  S: 250 2.0.0 Message {id} delivered
                  """)
              .get("id");
      assertThat(Database.sightings(id))
          .extracting(Sighting::bean)
          .containsExactlyInAnyOrder("StoringBean", "FirstBean");

      Transcript.play(
          connection,
          """
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<one@store.example>
          S: 250 2.1.5 ...
          """);
      deployer.undeploy("storing");
      Transcript.play(
          connection,
          """
          C: DATA
          S: 354 ...
          C: Subject: too late
          C:
          C: .
          S: 451 4.3.2 ...
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<one@store.example>
          S: 451 4.3.2 ...
          C: RCPT TO:<first@fan.example>
          S: 250 2.1.5 ...
          C: RSET
          S: 250 2.0.0 ...
          """);
      deployer.deploy("storing");
      Transcript.play(
          connection,
          """
          C: MAIL FROM:<sender@example.org>
          S: 250 2.1.0 ...
          C: RCPT TO:<one@store.example>
          S: 250 2.1.5 ...
          C: DATA
          S: 354 ...
          C: Subject: back again
          C:
          C: .
          S: 250 2.0.0 Message {id} delivered
          C: QUIT
          S: 221 2.0.0 ...
          """);
    }
    deployer.undeploy("first");
    deployer.undeploy("storing");
    assertThatThrownBy(SmtpConnection::new).isInstanceOf(ConnectException.class);
  }
}
