// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smtpinflow.it.app.BeanManagedBean;
import org.smtpinflow.it.app.Ensemble;
import org.smtpinflow.it.app.FirstBean;
import org.smtpinflow.it.app.SecondBean;
import org.smtpinflow.it.app.UntransactedBean;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.environment.Database;
import org.smtpinflow.it.environment.Sighting;

/** A message that several beans take is delivered to all of them or to none. */
@ExtendWith(ArquillianExtension.class)
class FanOutIT {

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application(
        "fan-out",
        Archives.adapter(),
        Ensemble.class,
        FirstBean.class,
        SecondBean.class,
        UntransactedBean.class,
        BeanManagedBean.class);
  }

  private static Map<String, String> sessionTo(String recipient, String reply) throws IOException {
    return Transcript.play(
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<sender@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<%s@fan.example>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: fan-out
        C:
        C: Hello
        C: .
        S: %s
        C: QUIT
        S: 221 ...
        """
            .formatted(recipient, reply));
  }

  @Test
  void bothBeansSeeTheMessage() throws IOException {
    String id = sessionTo("both+fine", "250 2.0.0 Message {id} delivered").get("id");

    List<Sighting> sightings = Database.sightings(id);
    assertThat(sightings)
        .extracting(Sighting::bean)
        .containsExactlyInAnyOrder("FirstBean", "SecondBean");
    assertThat(sightings).extracting(Sighting::sha256).containsOnly(sightings.get(0).sha256());
  }

  @ParameterizedTest
  @CsvSource({
    "both+reject,   550 5.7.1 The second bean does not want it",
    "both+throw,    '451 4.3.0 Message could not be processed, try again later'",
    "both+rollback, '451 4.3.0 Message could not be processed, try again later'",
  })
  void whenTheSecondBeanFailsTheRowOfTheFirstIsNotThere(String recipient, String reply)
      throws IOException {
    sessionTo(recipient, reply);

    assertThat(Database.sightingsOfRecipient(recipient + "@fan.example")).isEmpty();
  }

  @Test
  void eachBeanIsToldOfTheRecipientsThatItTakes() throws IOException {
    String id =
        Transcript.play(
                """
                S: 220 ...
                C: HELO client.example
                S: 250 ...
                C: MAIL FROM:<sender@example.org>
                S: 250 2.1.0 ...
                C: RCPT TO:<second@fan.example>
                S: 250 2.1.5 ...
                C: RCPT TO:<both+first-of-two@fan.example>
                S: 250 2.1.5 ...
                C: RCPT TO:<nobody@fan.example>
                S: 550 5.1.1 ...
                C: RCPT TO:<first@FAN.example>
                S: 250 2.1.5 ...
                C: DATA
                S: 354 ...
                C: Subject: several recipients
                C:
                C: .
                S: 250 2.0.0 Message {id} delivered
                """)
            .get("id");

    assertThat(Database.sightings(id))
        .extracting(Sighting::bean, Sighting::recipients)
        .containsExactlyInAnyOrder(
            tuple("FirstBean", List.of("<both+first-of-two@fan.example>", "<first@FAN.example>")),
            tuple(
                "SecondBean", List.of("<second@fan.example>", "<both+first-of-two@fan.example>")));
  }

  @Test
  void beanWithoutTransactionIsAcceptedWhenItReturns() throws IOException {
    String id = sessionTo("alone+fine", "250 2.0.0 Message {id} delivered").get("id");

    assertThat(Database.sightings(id))
        .extracting(Sighting::bean)
        .containsExactly("UntransactedBean");
  }

  @Test
  void beanWithoutTransactionThatFailsRollsTheOthersBack() throws IOException {
    sessionTo("mixed+untransacted-fails", "451 4.3.0 ...");

    assertThat(Database.sightingsOfRecipient("mixed+untransacted-fails@fan.example"))
        .extracting(Sighting::bean)
        .containsExactly("UntransactedBean");
  }

  @ParameterizedTest
  @CsvSource({"own+commit, 250 2.0.0 ..., 1", "own+rollback, 451 4.3.0 ..., 0"})
  void beanThatDemarcatesItsTransactionItselfIsHeard(String recipient, String reply, int rows)
      throws IOException {
    sessionTo(recipient, reply);

    assertThat(Database.sightingsOfRecipient(recipient + "@fan.example")).hasSize(rows);
  }
}
