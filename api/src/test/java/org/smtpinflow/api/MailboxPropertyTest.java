// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class MailboxPropertyTest {

  @Property
  void roundTrips(@ForAll("localParts") String localPart, @ForAll("domains") Domain domain) {
    Mailbox mailbox = new Mailbox(localPart, domain);

    Mailbox again = Mailbox.parse(mailbox.toString());

    assertThat(again).isEqualTo(mailbox).hasSameHashCodeAs(mailbox);
    assertThat(again.localPart()).isEqualTo(localPart);
    assertThat(again.domain().text()).isEqualTo(domain.text());
    Statistics.label("written")
        .collect(mailbox.toString().startsWith("\"") ? "quoted" : "plain")
        .coverage(checker -> checker.check("plain").percentage(share -> share > 2));
  }

  @Property
  void superfluousBackslashesMakeNoDifference(@ForAll("localParts") String localPart) {
    String quoted =
        localPart
            .codePoints()
            .mapToObj(c -> (c < 0x80 ? "\\" : "") + Character.toString(c))
            .collect(Collectors.joining("", "\"", "\""));

    assertThat(Mailbox.parse(quoted + "@example.org").localPart()).isEqualTo(localPart);
  }

  @Property
  void anyTextIsAMailboxThatRoundTripsOrASyntaxError(@ForAll("texts") String text) {
    Optional<Mailbox> mailbox = parse(text);

    mailbox.ifPresent(m -> assertThat(Mailbox.parse(m.toString())).isEqualTo(m));
    Statistics.label("mailbox")
        .collect(mailbox.isPresent())
        .coverage(checker -> checker.check(true).percentage(share -> share > 2));
  }

  /** Underscores are excluded, because the grammar does not allow them in a domain. */
  @Property
  void asciiTextFollowsTheGrammar(@ForAll("texts") String text) {
    String ascii = text.replaceAll("[^\\x00-\\x7f]|_", "e");
    boolean allowed = Rfc5321Grammar.isMailbox(ascii);

    assertThat(parse(ascii).isPresent()).isEqualTo(allowed);
    Statistics.label("allowed")
        .collect(allowed)
        .coverage(checker -> checker.check(true).percentage(share -> share > 2));
  }

  private static Optional<Mailbox> parse(String text) {
    try {
      return Optional.of(Mailbox.parse(text));
    } catch (AddressSyntaxException e) {
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        AddressArbitraries.almostMailboxes(), Arbitraries.strings().all().ofMaxLength(60));
  }

  @Provide
  Arbitrary<String> localParts() {
    return AddressArbitraries.localParts();
  }

  @Provide
  Arbitrary<Domain> domains() {
    return AddressArbitraries.domains();
  }
}
