// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.app.MisaddressedBean;
import org.smtpinflow.it.app.StoringBean;

/**
 * What is configured wrongly is not deployed, and whoever deploys it is told why.
 *
 * <p>In a server of its own: WildFly keeps a bean whose activation failed, and tries to activate it
 * again whenever the server is resumed, long after its application is gone.
 */
@ExtendWith(ArquillianExtension.class)
class ConfigurationIT {

  private static final String SERVER = "second-wildfly";

  @ArquillianResource private ContainerController servers;
  @ArquillianResource private Deployer deployer;

  @Deployment(name = "right", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive right() {
    return Archives.application("right", Archives.adapter(), StoringBean.class);
  }

  @Deployment(name = "port-out-of-range", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive portOutOfRange() {
    return Archives.application(
        "port-out-of-range", Archives.adapter(Map.of("smtpPort", "70000")), StoringBean.class);
  }

  @Deployment(name = "no-pattern", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noPattern() {
    return Archives.application("no-pattern", Archives.adapter(), MisaddressedBean.class);
  }

  @BeforeEach
  void startServer() {
    servers.start(SERVER);
  }

  @AfterEach
  void rightDeploymentWorks() throws IOException {
    deployer.deploy("right");
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
        C: Subject: configuration
        C:
        C: .
        S: 250 2.0.0 ...
        """);
    deployer.undeploy("right");
    servers.stop(SERVER);
  }

  @Test
  void portThatIsNone() {
    assertThatThrownBy(() -> deployer.deploy("port-out-of-range"))
        .hasMessageContaining("smtpPort: 70000 is not between -1 and 65535");
  }

  @Test
  void recipientsThatAreNoPattern() {
    assertThatThrownBy(() -> deployer.deploy("no-pattern"))
        .hasMessageContaining("recipients: 'two words@example.com' is not a recipient pattern")
        .hasMessageContaining("allowed are patterns such as support@example.com");
  }

  @Test
  void portThatIsInUse() throws IOException {
    try (ServerSocket other =
        new ServerSocket(TestEnvironment.SMTP_PORT, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(() -> deployer.deploy("right"))
          .hasMessageContaining("smtpPort: " + TestEnvironment.SMTP_PORT + " cannot be opened")
          .hasMessageContaining("end the program, or the other adapter, that listens there");
    }
  }
}
