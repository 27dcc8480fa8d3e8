// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.Stream;
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
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.MisaddressedBean;
import org.smtpinflow.it.app.StoringBean;
import org.smtpinflow.it.app.UncountedBean;
import org.smtpinflow.it.app.UnheardBean;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/**
 * A deployment with an invalid configuration fails, and the deployer gets the reason.
 *
 * <p>Runs in a separate container: WildFly keeps a bean whose activation failed, and tries to
 * activate it again at each resume, long after its application has been removed.
 */
@ExtendWith(ArquillianExtension.class)
class ConfigurationIT {

  private static final String SERVER = "second";
  private static final int PRIVILEGED_PORT = 25;

  @ArquillianResource private ContainerController servers;
  @ArquillianResource private Deployer deployer;

  @Deployment(name = "right", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive right() {
    return Archives.application(
        "right", Archives.adapter(Map.of("settleTime", "0")), StoringBean.class);
  }

  @Deployment(name = "port-out-of-range", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive portOutOfRange() {
    return Archives.application(
        "port-out-of-range", Archives.adapter(Map.of("smtpPort", "70000")), StoringBean.class);
  }

  @Deployment(name = "port-without-number", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive portWithoutNumber() {
    return Archives.application(
        "port-without-number", Archives.adapter(Map.of("smtpPort", "smtp")), StoringBean.class);
  }

  @Deployment(name = "neither-true-nor-false", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive neitherTrueNorFalse() {
    return Archives.application(
        "neither-true-nor-false",
        Archives.adapter(Map.of("tlsRequired", "yes")),
        StoringBean.class);
  }

  /** Has a different name: see docs/payara.md for what Payara does after a failure of this kind. */
  @Deployment(name = "port-in-use", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive portInUse() {
    return Archives.application("port-in-use", Archives.adapter(), StoringBean.class);
  }

  @Deployment(name = "port-without-privilege", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive portWithoutPrivilege() {
    return Archives.application(
        "port-without-privilege",
        Archives.adapter(Map.of("smtpPort", String.valueOf(PRIVILEGED_PORT))),
        StoringBean.class);
  }

  @Deployment(name = "no-pattern", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noPattern() {
    return Archives.application("no-pattern", Archives.adapter(), MisaddressedBean.class);
  }

  @Deployment(name = "no-number", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noNumber() {
    return Archives.application("no-number", Archives.adapter(), UncountedBean.class);
  }

  @Deployment(name = "no-mechanism", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noMechanism() {
    return Archives.application(
        "no-mechanism",
        Archives.adapter(Map.of("authMechanisms", "PLAIN CRAM-MD5")),
        StoringBean.class);
  }

  @Deployment(name = "certificate-without-key", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive certificateWithoutKey() {
    return Archives.application(
        "certificate-without-key",
        Archives.adapter(Map.of("tlsCertificateFile", "/etc/fullchain.pem")),
        StoringBean.class);
  }

  @Deployment(name = "certificate-of-another-key", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive certificateOfAnotherKey() {
    SecureAdapter files = new SecureAdapter("configuration");
    return Archives.application(
        "certificate-of-another-key",
        Archives.adapter(
            Map.of(
                "tlsCertificateFile", files.file("fullchain.pem").toString(),
                "tlsKeyFile", files.file("other-privkey.pem").toString())),
        StoringBean.class);
  }

  @Deployment(name = "no-listener", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noListener() {
    return Archives.application("no-listener", Archives.adapter(), UnheardBean.class);
  }

  @Deployment(name = "no-certificate", managed = false, testable = false)
  @TargetsContainer(SERVER)
  static EnterpriseArchive noCertificate() {
    return Archives.application(
        "no-certificate",
        Archives.adapter(
            Map.of(
                "submissionPort", String.valueOf(TestEnvironment.SUBMISSION_PORT),
                "submissionsPort", String.valueOf(TestEnvironment.SUBMISSIONS_PORT))),
        StoringBean.class);
  }

  /** Arquillian stops it after the last test. */
  @BeforeEach
  void startServer() {
    if (!servers.isStarted(SERVER)) {
      servers.start(SERVER);
    }
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
  }

  /** Some containers only report to the deployer that the deployment failed, and log the reason. */
  private void assertThatItIsRefused(String deployment, String... reasons) {
    ServerLog log = ServerLog.ofSecondServer();
    Throwable refusal = catchThrowable(() -> deployer.deploy(deployment));
    assertThat(refusal).isNotNull();
    // GlassFish writes its log a moment later.
    Await.until(
        String.join(", ", reasons),
        () -> Stream.of(reasons).allMatch((refusal.getMessage() + log.text())::contains));
    assertThat(refusal.getMessage() + log.text())
        .as("the adapter is stopped, though its class loader may have been closed before")
        .doesNotContain("NoClassDefFoundError");
  }

  @Test
  void portThatIsNone() {
    assertThatItIsRefused("port-out-of-range", "smtpPort: 70000 is not between -1 and 65535");
  }

  @Test
  void portThatIsNoNumber() {
    assertThatItIsRefused(
        "port-without-number", "smtpPort: 'smtp' is not a whole number between -1 and 65535");
  }

  @Test
  void wishThatIsNeitherTrueNorFalse() {
    assertThatItIsRefused("neither-true-nor-false", "tlsRequired: 'yes' is neither true nor false");
  }

  @Test
  void recipientsThatAreNoPattern() {
    assertThatItIsRefused(
        "no-pattern",
        "recipients: 'two words@example.com' is not a recipient pattern",
        "allowed are patterns such as support@example.com");
  }

  @Test
  void concurrencyThatIsNoNumber() {
    assertThatItIsRefused(
        "no-number", "maxConcurrency: 'many' is not a whole number between 1 and 1000");
  }

  @Test
  void mechanismThatIsNone() {
    assertThatItIsRefused(
        "no-mechanism", "authMechanisms: ", "CRAM-MD5", " is not one of EXTERNAL, SCRAM-SHA-256");
  }

  @Test
  void certificateThatHasNoKey() {
    assertThatItIsRefused(
        "certificate-without-key", "tlsCertificateFile: '/etc/fullchain.pem' is not a file");
  }

  @Test
  void certificateOfOtherKey() {
    assertThatItIsRefused(
        "certificate-of-another-key",
        "tlsKeyFile: ",
        "other-privkey.pem: the private key does not belong to the first certificate");
  }

  @Test
  void listenerThatIsNone() {
    assertThatItIsRefused(
        "no-listener",
        "listeners: 'telnet' is not a listener; allowed are smtp, submission, submissions, lmtp");
  }

  /** Mail comes in all the same, but nobody is asked for a password in clear text. */
  @Test
  void listenersThatNeedACertificateStayClosedWithoutOne() throws IOException {
    ServerLog log = ServerLog.ofSecondServer();
    deployer.deploy("no-certificate");
    try {
      for (int port :
          new int[] {TestEnvironment.SUBMISSION_PORT, TestEnvironment.SUBMISSIONS_PORT}) {
        assertThatThrownBy(() -> new SmtpConnection(port)).isInstanceOf(ConnectException.class);
      }
      try (SmtpConnection session = new SmtpConnection()) {
        session.readReply();
        assertThat(session.command("EHLO client.example")).doesNotContain("STARTTLS", "AUTH");
      }
    } finally {
      deployer.undeploy("no-certificate");
    }
    Await.until("both lines", () -> log.text().split("stays closed", -1).length > 2);
    assertThat(log.text().lines().filter(line -> line.contains("stays closed")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains(closed("submission")),
            line -> assertThat(line).contains(closed("submissions")));
  }

  private static String closed(String listener) {
    return "listener %s (%sPort: %d) stays closed because there is no certificate; set %s"
        .formatted(
            listener,
            listener,
            listener.equals("submission")
                ? TestEnvironment.SUBMISSION_PORT
                : TestEnvironment.SUBMISSIONS_PORT,
            "tlsCertificateFile and tlsKeyFile, or tlsKeyStoreFile");
  }

  @Test
  void portThatIsInUse() throws IOException {
    try (ServerSocket other =
        new ServerSocket(TestEnvironment.SMTP_PORT, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatItIsRefused(
          "port-in-use",
          "smtpPort: " + TestEnvironment.SMTP_PORT + " cannot be opened",
          "end the program, or the other adapter, that listens there");
    }
  }

  /** The server has the privileges of the tests: .ci/run takes this one away from root. */
  @Test
  void portThatNeedsAPrivilege() throws IOException {
    assumeTrue(
        isRefused(PRIVILEGED_PORT),
        () -> "the tests run with the privilege to open port " + PRIVILEGED_PORT);
    assertThatItIsRefused(
        "port-without-privilege",
        "smtpPort: 25 cannot be opened",
        "only a privileged process may open a port below 1024");
  }

  private static boolean isRefused(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port)) {
      return !socket.isBound();
    } catch (BindException e) {
      return !e.getMessage().contains("in use");
    }
  }
}
