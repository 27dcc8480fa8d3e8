// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.AdministrationFiles;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.AgentDesk;
import org.smtpinflow.it.app.AgentsOnlyBean;
import org.smtpinflow.it.app.CallerBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.Liberty;
import org.smtpinflow.it.container.OnlyOn;
import org.smtpinflow.it.container.ScriptedInstance;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.Database;

/**
 * Groups that have other names than the roles that Open Liberty gives them, by the files that
 * docs/liberty.md shows: a descriptor of the application, or the configuration of the server.
 */
@ExtendWith(ArquillianExtension.class)
@OnlyOn(value = Liberty.class, because = "the files are Open Liberty's")
class LibertyRolesIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("roles");

  private static final Path CONFIGURATION =
      ScriptedInstance.first()
          .instance()
          .resolve(Path.of("servers", "it", "configDropins", "overrides", "roles.xml"));

  private static final String PASSWORD = "s0mething-secret";

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "with-descriptor", managed = false, testable = false)
  static EnterpriseArchive withDescriptor() {
    String descriptor = "ibm-application-bnd.xml";
    return application("described")
        .addAsManifestResource(AdministrationFiles.path(descriptor).toFile(), descriptor);
  }

  @Deployment(name = "without-descriptor", managed = false, testable = false)
  static EnterpriseArchive withoutDescriptor() {
    return application("shop");
  }

  private static EnterpriseArchive application(String name) {
    return Archives.application(
        name, ADAPTER.archive(), CallerBean.class, AgentsOnlyBean.class, AgentDesk.class);
  }

  @BeforeAll
  static void users() throws IOException {
    Container.underTest().addUser("roles-support", PASSWORD, "support");
    Container.underTest().addUser("roles-agent", PASSWORD, "agent");
    Container.underTest().addUser("roles-guest", PASSWORD, "guest");
    ADAPTER.addCredentials("scram-support", PASSWORD, "support");
    ADAPTER.addCredentials("scram-agent", PASSWORD, "agent");
  }

  @Test
  void byTheDescriptorOfTheApplication() {
    deployer.deploy("with-descriptor");
    try {
      assertThatSupportHasTheRoleOfAgents();
    } finally {
      deployer.undeploy("with-descriptor");
    }
  }

  @Test
  void byTheConfigurationOfTheServer() throws IOException {
    deployer.deploy("without-descriptor");
    try {
      assertThatItIsLetIn("roles-agent");
      assertThatItIsNotLetIn("roles-support");

      TestCertificates.replace(CONFIGURATION, AdministrationFiles.read("roles.xml"));
      awaitThatItIsLetIn("roles-support");
      assertThatSupportHasTheRoleOfAgents();

      Files.delete(CONFIGURATION);
      awaitThatItIsLetIn("roles-agent");
      assertThatItIsNotLetIn("roles-support");
    } finally {
      if (Files.deleteIfExists(CONFIGURATION)) {
        // Not both at once, see docs/liberty.md.
        awaitThatItIsLetIn("roles-agent");
      }
      deployer.undeploy("without-descriptor");
    }
  }

  /** The server restarts the application when its configuration has changed. */
  private static void awaitThatItIsLetIn(String user) {
    Await.until(user, () -> reply(user, "any@agents.example").startsWith("250 "));
  }

  /** Who is in a group of the role's own name is not in the role any more. */
  private static void assertThatSupportHasTheRoleOfAgents() {
    assertThatItIsLetIn("roles-support");
    assertThatItIsLetIn("scram-support");
    assertThatItIsNotLetIn("roles-agent");
    assertThatItIsNotLetIn("scram-agent");
    assertThatItIsNotLetIn("roles-guest");
  }

  private static void assertThatItIsLetIn(String user) {
    assertThat(reply(user, "ask@caller.example"))
        .isEqualTo("550 5.7.1 caller=%s agent=true guest=false desk=%s", user, user);
    String accepted = reply(user, user + "@agents.example");
    assertThat(accepted).matches("250 2\\.0\\.0 Message \\S+ delivered");
    assertThat(Database.sightings(accepted.replaceAll(".*Message | delivered", "")))
        .singleElement()
        .satisfies(seen -> assertThat(seen.facts()).containsEntry("caller", user));
  }

  private static void assertThatItIsNotLetIn(String user) {
    String recipient = "no-" + user + "@agents.example";
    assertThat(reply(user, "ask@caller.example"))
        .isEqualTo("550 5.7.1 caller=%s agent=false guest=false desk=closed", user);
    assertThat(reply(user, recipient))
        .isEqualTo("550 5.7.1 Not authorized to send to this recipient");
    assertThat(Database.sightingsOfRecipient(recipient)).isEmpty();
  }

  /** Returns the reply to a message of a user, or why there is none. */
  private static String reply(String user, String recipient) {
    try (SmtpConnection session = TlsClient.of().submissions()) {
      SaslClient client = new SaslClient(session);
      String authenticated =
          user.startsWith("scram") ? client.scram(user, PASSWORD) : client.plain(user, PASSWORD);
      return authenticated.startsWith("235 ") ? Submission.send(session, recipient) : authenticated;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
