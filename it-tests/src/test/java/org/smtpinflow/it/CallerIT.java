// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.AgentDesk;
import org.smtpinflow.it.app.AgentsOnlyBean;
import org.smtpinflow.it.app.CallerBean;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TestIssuer;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.TestEnvironment;

/** Who the caller of a bean is, and who is let in. */
@ExtendWith(ArquillianExtension.class)
class CallerIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("caller");

  private static final String AGENT = "caller-agent";
  private static final String GUEST = "caller-guest";
  private static final String PASSWORD = "Tr0ub4dor&3 \u00fc";

  private static final String NO_CALLER =
      "the server takes the caller that the adapter names, and does not show it to the beans";

  private static final String NO_ROLES =
      "the server does not deploy a message-driven bean that has @RolesAllowed";

  private static final String NOBODY =
      "550 5.7.1 caller=" + Container.underTest().nobody() + " agent=false guest=false desk=closed";

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    List<Class<?>> beans =
        new ArrayList<>(List.of(CallerBean.class, SenderBean.class, AgentDesk.class));
    if (Container.underTest().deploysBeansWithRoles()) {
      beans.add(AgentsOnlyBean.class);
    }
    return Archives.application("caller", ADAPTER.archive(), beans.toArray(Class<?>[]::new));
  }

  @BeforeAll
  static void users() throws IOException {
    Container.underTest().addUser(AGENT, "agent-1-secret", "agent");
    Container.underTest().addUser(GUEST, "guest-1-secret", "guest");
    ADAPTER.addCredentials("scram-agent", PASSWORD, "agent");
    ADAPTER.addCredentials("scram-nobody", PASSWORD, "");
  }

  /** Sends a message whose header and envelope claim to be of an agent. */
  private static Map<String, String> claim(String recipient, String replyToMessage)
      throws IOException {
    return Transcript.play(
        """
        S: 220 mx.example.com ...
        C: HELO demo
        S: 250 mx.example.com
        C: MAIL FROM:<demo@mx.example.com>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: From: demo@mx.example.com
        C: Sender: demo@mx.example.com
        C: X-Authenticated-User: demo
        C:
        C: I am an agent.
        C: .
        %s
        C: QUIT
        S: 221 2.0.0 ...
        S: (closed)
        """
            .formatted(recipient, replyToMessage));
  }

  @Test
  @UnsupportedOn(
      value = TomEE.class,
      because = "the server calls nobody guest, and takes that for the role of the same name")
  void whoDidNotAuthenticateIsNobodyWhateverTheMailSays() throws IOException {
    claim("ask@caller.example", "S: " + NOBODY);
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_ROLES)
  void aBeanForAgentsIsNotCalledForNobody() throws IOException {
    claim("desk@agents.example", "S: 550 5.7.1 Not authorized to send to this recipient");
    assertThat(Database.sightingsOfRecipient("desk@agents.example")).isEmpty();
  }

  /** Authenticates a session of a client, and returns what CallerBean says of its caller. */
  private static String callerOf(TlsClient client, SaslClient.Authentication authentication)
      throws IOException {
    try (SmtpConnection session = client.submissions()) {
      assertThat(authentication.with(new SaslClient(session)))
          .isEqualTo("235 2.7.0 Authentication succeeded");
      return Submission.send(session, "ask@caller.example");
    }
  }

  private static String caller(SaslClient.Authentication authentication) throws IOException {
    return callerOf(TlsClient.of(), authentication);
  }

  private static String agent(String name) {
    return "550 5.7.1 caller=" + name + " agent=true guest=false desk=" + name;
  }

  private static String guest(String name) {
    return "550 5.7.1 caller=" + name + " agent=false guest=true desk=closed";
  }

  /** What the server itself knows, whether or not it shows the beans who that is. */
  @Test
  void aUserOfTheServerAuthenticatesByTheRightPasswordAlone() throws IOException {
    try (SmtpConnection session = TlsClient.of().submissions()) {
      SaslClient client = new SaslClient(session);
      assertThat(client.plain(GUEST, "agent-1-secret")).startsWith("535 5.7.8 ");
      assertThat(client.plain(GUEST, "guest-1-secret"))
          .isEqualTo("235 2.7.0 Authentication succeeded");
    }
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void plain() throws IOException {
    assertThat(caller(client -> client.plain(AGENT, "agent-1-secret"))).isEqualTo(agent(AGENT));
    assertThat(caller(client -> client.plainWhenAsked(GUEST, "guest-1-secret")))
        .isEqualTo(guest(GUEST));
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void login() throws IOException {
    assertThat(caller(client -> client.login(AGENT, "agent-1-secret"))).isEqualTo(agent(AGENT));
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void scram() throws IOException {
    assertThat(caller(client -> client.scram("scram-agent", PASSWORD)))
        .isEqualTo(agent("scram-agent"));
    assertThat(caller(client -> client.scram("scram-nobody", PASSWORD)))
        .isEqualTo("550 5.7.1 caller=scram-nobody agent=false guest=false desk=closed");
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void scramBoundToTheChannel() throws IOException {
    assertThat(
            caller(
                client ->
                    client.scramPlus(
                        "scram-agent", PASSWORD, ADAPTER.certificate().getCertificate())))
        .isEqualTo(agent("scram-agent"));
  }

  /** A man in the middle with another certificate cannot use the messages that he intercepts. */
  @Test
  void scramBoundToAnotherChannelIsRefused() throws IOException {
    try (SmtpConnection session = TlsClient.of().submissions()) {
      assertThat(
              new SaslClient(session)
                  .scramPlus(
                      "scram-agent",
                      PASSWORD,
                      TestCertificates.server("mx.example.com").getCertificate()))
          .isEqualTo("535 5.7.8 Authentication credentials invalid");
    }
  }

  /** A certificate names a user, but no groups. */
  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void external() throws IOException {
    TlsClient client =
        TlsClient.withCertificate(TestCertificates.client(TestCertificates.AUTHORITY, "certified"));
    assertThat(callerOf(client, SaslClient::external))
        .isEqualTo("550 5.7.1 caller=certified agent=false guest=false desk=closed");
  }

  @Test
  void externalForSomebodyElseIsRefused() throws IOException {
    try (SmtpConnection session =
        TlsClient.withCertificate(TestCertificates.client(TestCertificates.AUTHORITY, "certified"))
            .submissions()) {
      assertThat(new SaslClient(session).external(AGENT)).startsWith("535 5.7.8 ");
    }
  }

  @Test
  void aCertificateThatNobodyTrustedHasIssuedIsNone() throws IOException {
    try (SmtpConnection session =
        TlsClient.withCertificate(
                TestCertificates.client(TestCertificates.authority("CN=Stranger"), AGENT))
            .implicit(TestEnvironment.SUBMISSIONS_PORT)) {
      session.readReply();
      assertThat(session.command("EHLO client.example")).doesNotContain("EXTERNAL");
      assertThat(new SaslClient(session).external())
          .isEqualTo("504 5.5.4 Authentication mechanism is not offered");
    }
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void oauth() throws IOException {
    String token = ADAPTER.issuer().token("oauth-agent", Duration.ofMinutes(5), "agent", "other");
    assertThat(caller(client -> client.oauthbearer(token))).isEqualTo(agent("oauth-agent"));
    assertThat(caller(client -> client.xoauth2("oauth-agent", token)))
        .isEqualTo(agent("oauth-agent"));
  }

  @Test
  void aTokenThatIsNotGoodIsRefused() throws IOException {
    String late = ADAPTER.issuer().token("oauth-agent", Duration.ofMinutes(-5), "agent");
    String forged = new TestIssuer("key-1").token("oauth-agent", Duration.ofMinutes(5), "agent");
    for (String token : Set.of(late, forged)) {
      try (SmtpConnection session = TlsClient.of().submissions()) {
        assertThat(new SaslClient(session).oauthbearer(token)).startsWith("535 5.7.8 ");
        assertThat(new SaslClient(session).xoauth2("oauth-agent", token)).startsWith("535 5.7.8 ");
        assertThat(session.command("MAIL FROM:<>")).startsWith("530 5.7.0 ");
      }
    }
  }

  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_ROLES)
  void aBeanForAgentsIsCalledForAnAgentOnly() throws IOException {
    try (SmtpConnection session = TlsClient.of().submissions()) {
      new SaslClient(session).plain(GUEST, "guest-1-secret");
      assertThat(Submission.send(session, "only@agents.example"))
          .isEqualTo("550 5.7.1 Not authorized to send to this recipient");
    }
    try (SmtpConnection session = TlsClient.of().submissions()) {
      new SaslClient(session).scram("scram-nobody", PASSWORD);
      assertThat(Submission.send(session, "only@agents.example"))
          .isEqualTo("550 5.7.1 Not authorized to send to this recipient");
    }
    assertThat(Database.sightingsOfRecipient("only@agents.example")).isEmpty();

    try (SmtpConnection session = TlsClient.of().submissions()) {
      new SaslClient(session).plain(AGENT, "agent-1-secret");
      assertThat(Submission.send(session, "only@agents.example")).startsWith("250 2.0.0 ");
    }
    assertThat(Database.sightingsOfRecipient("only@agents.example"))
        .singleElement()
        .satisfies(seen -> assertThat(seen.facts()).containsEntry("caller", AGENT));
  }

  /** None of the beans that take a message gets it if one of them does not let the sender in. */
  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_ROLES)
  void aBeanThatIsOpenGetsNothingBesideOneThatIsNot() throws IOException {
    Transcript.play(
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<sender@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<beside@sender.example>
        S: 250 2.1.5 ...
        C: RCPT TO:<beside@agents.example>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: .
        S: 550 5.7.1 Not authorized to send to this recipient
        """);
    assertThat(Database.sightingsOfRecipient("beside@sender.example")).isEmpty();
    assertThat(Database.sightingsOfRecipient("beside@agents.example")).isEmpty();
  }

  /** The threads that deliver are the same: what one delivery had, the next must not have. */
  @Test
  @UnsupportedOn(value = TomEE.class, because = NO_CALLER)
  void nobodyStaysNobodyRightAfterSomebody() throws IOException {
    Set<String> threadsOfAgents = new HashSet<>();
    Set<String> threadsOfNobody = new HashSet<>();
    try (SmtpConnection agent = TlsClient.of().submissions();
        SmtpConnection nobody = new SmtpConnection().greet()) {
      new SaslClient(agent).plain(AGENT, "agent-1-secret");
      // If the senders alternated as well, two alternating threads would have one sender each.
      Random more = new Random(1);
      for (int i = 0; i < 40; i++) {
        for (int j = more.nextInt(3); j >= 0; j--) {
          threadsOfAgents.add(thread(agent, "agent-" + i + "-" + j, AGENT, "true"));
        }
        threadsOfNobody.add(thread(nobody, "nobody-" + i, Container.underTest().nobody(), "false"));
      }
    }
    assertThat(threadsOfNobody).containsAnyElementsOf(threadsOfAgents);
  }

  private static String thread(SmtpConnection session, String recipient, String name, String agent)
      throws IOException {
    assertThat(Submission.send(session, recipient + "@sender.example")).startsWith("250 2.0.0 ");
    Map<String, String> facts =
        Database.sightingsOfRecipient(recipient + "@sender.example").get(0).facts();
    assertThat(facts).containsEntry("caller", name).containsEntry("agent", agent);
    return facts.get("thread");
  }
}
