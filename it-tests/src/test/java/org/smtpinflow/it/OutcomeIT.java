// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.it.app.FailingResource;
import org.smtpinflow.it.app.FailingSynchronization;
import org.smtpinflow.it.app.ImpatientBean;
import org.smtpinflow.it.app.OutcomeBean;
import org.smtpinflow.it.app.ServerTransactions;
import org.smtpinflow.it.app.UniqueName;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;

/** The one promise: the reply to the end of data is the outcome of the transaction. */
@ExtendWith(ArquillianExtension.class)
class OutcomeIT {

  private static final String TRY_AGAIN =
      "451 4.3.0 Message could not be processed, try again later";

  private static final String PERSISTENCE =
      """
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="outcome">
          <properties>
            <property name="jakarta.persistence.schema-generation.database.action"
                      value="drop-and-create"/>
          </properties>
        </persistence-unit>
      </persistence>
      """;

  private final ServerLog log = new ServerLog();

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    JavaArchive beans =
        Archives.beans(
                OutcomeBean.class,
                ImpatientBean.class,
                FailingResource.class,
                FailingSynchronization.class,
                ServerTransactions.class,
                UniqueName.class)
            .addAsManifestResource(new StringAsset(PERSISTENCE), "persistence.xml");
    return Archives.application("outcome", Archives.adapter(), beans);
  }

  /** Sends a message in a session that has to go on as if nothing had happened. */
  private static Map<String, String> sessionTo(String recipient, String replyToMessage)
      throws IOException {
    return Transcript.play(
        """
        S: 220 mx.example.com ...
        C: HELO client.example
        S: 250 mx.example.com
        C: MAIL FROM:<sender@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: outcome
        C:
        C: Hello
        C: .
        %s
        C: NOOP
        S: 250 2.0.0 ...
        C: QUIT
        S: 221 2.0.0 ...
        S: (closed)
        """
            .formatted(recipient, replyToMessage));
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "write-at-commit", "two-phases"})
  void commitIs250WithTheIdOfTheMail(String outcome) throws IOException {
    String id =
        sessionTo(outcome + "@outcome.example", "S: 250 2.0.0 Message {id} delivered").get("id");

    assertThat(Database.sightings(id)).extracting(Sighting::bean).containsExactly("OutcomeBean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reject            | S: 550 5.7.1 Not for us",
        "reject-554        | S: 554-5.7.1 Policy says no%nS: 554 5.7.1 See our page?",
        "reject-with-cause | S: 550 5.6.0 Cannot be read",
        "defer             | S: 451 4.3.0 Come back in an hour",
        "defer-450         | S: 450 4.2.1 Mailbox is being moved",
      })
  void refusalIsTheReplyThatTheBeanChose(String outcome, String reply) throws IOException {
    sessionTo(outcome + "@outcome.example", reply.formatted());

    assertThat(Database.sightingsOfRecipient(outcome + "@outcome.example")).isEmpty();
    // At DEBUG, which Payara writes to the same file, the log has the cause of a refusal.
    assertThat(log.records())
        .filteredOn(record -> !log.records(ServerLog.Level.DEBUG).contains(record))
        .noneMatch(record -> record.contains("\tat ") || record.contains(OutcomeBean.SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rollback@outcome.example",
        "timeout@slow.example",
        "failing-synchronization@outcome.example",
        "constraint@outcome.example",
        "failing-prepare@outcome.example",
      })
  void transactionThatDoesNotCommitIs451(String recipient) throws IOException {
    sessionTo(recipient, "S: " + TRY_AGAIN);

    assertThat(Database.sightingsOfRecipient(recipient)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "error", "checked"})
  void exceptionIs451AndItsStackTraceIsInTheLogAlone(String outcome) throws IOException {
    sessionTo(outcome + "@outcome.example", "S: " + TRY_AGAIN);

    assertThat(Database.sightingsOfRecipient(outcome + "@outcome.example")).isEmpty();
    assertThat(log.text()).contains("\tat ", OutcomeBean.SECRET);
  }

  /** One resource manager has committed, the other one has not: only the sender can repair that. */
  @Test
  void heuristicOutcomeIs451() throws IOException {
    sessionTo("heuristic-rollback@outcome.example", "S: " + TRY_AGAIN);
  }

  @Test
  void recipientThatNoBeanTakesIsRefusedAtOnce() throws IOException {
    Transcript.play(
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<sender@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<nobody@elsewhere.example>
        S: 550 5.1.1 No mail is taken for <nobody@elsewhere.example>
        C: DATA
        S: 554 5.5.1 No valid recipients
        """);
  }
}
