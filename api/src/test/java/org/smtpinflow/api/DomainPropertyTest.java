// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class DomainPropertyTest {

  @Property
  void anyTextIsADomainOrASyntaxError(@ForAll("texts") String text) {
    Optional<Domain> parsed = parse(text);

    parsed.ifPresent(
        domain -> {
          assertThat(domain.text()).isEqualTo(text);
          assertThat(domain.ascii()).isASCII().isEqualTo(domain.ascii().toLowerCase(Locale.ROOT));
          assertThat(Domain.parse(domain.ascii())).isEqualTo(domain);
        });
    assertShare("parsed", parsed.isPresent());
  }

  /**
   * The ASCII form has as many labels as the text, and ASCII labels only where the text has them.
   */
  @Property(tries = 5000)
  void asciiFormHasTheLabelsOfTheText(@ForAll("unicodeNames") String text) {
    Optional<Domain> parsed = parse(text);

    parsed.ifPresent(
        domain ->
            assertThat(domain.ascii().split("\\.", -1))
                .extracting(label -> label.startsWith("xn--"))
                .isEqualTo(
                    Stream.of(text.split("\\.", -1))
                        .map(label -> label.chars().anyMatch(c -> c >= 0x80))
                        .toList()));
    assertShare("parsed", parsed.isPresent());
  }

  @Property
  void caseMakesNoDifference(@ForAll("domains") Domain domain, @ForAll long upperCaseBits) {
    String otherCase =
        IntStream.range(0, domain.text().length())
            .mapToObj(i -> inCase(domain.text().charAt(i), (upperCaseBits >> (i % 64) & 1) == 1))
            .collect(Collectors.joining());

    assertThat(Domain.parse(otherCase)).isEqualTo(domain).hasSameHashCodeAs(domain);
  }

  private static String inCase(char c, boolean upper) {
    String text = String.valueOf(c);
    return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
  }

  @Property
  void namesFollowTheGrammar(@ForAll("names") String text) {
    boolean allowed = Rfc5321Grammar.isDomainName(text);

    assertThat(parse(text).isPresent()).isEqualTo(allowed);
    assertShare("allowed", allowed);
  }

  @Property(tries = 5000)
  void literalsFollowTheGrammar(@ForAll("literals") String text) {
    boolean allowed = Rfc5321Grammar.isAddressLiteral(text);

    assertThat(parse(text).filter(Domain::isLiteral).isPresent()).isEqualTo(allowed);
    assertShare("allowed", allowed);
  }

  @Property
  void anyIpv6AddressIsReadInAnyForm(
      @ForAll("groups") List<Integer> groups,
      @ForAll @IntRange(max = 7) int compressed,
      @ForAll boolean padded,
      @ForAll boolean endsInIpv4)
      throws UnknownHostException {
    ByteBuffer octets = ByteBuffer.allocate(16);
    groups.forEach(group -> octets.putShort(group.shortValue()));
    List<String> elements = new ArrayList<>();
    groups.forEach(group -> elements.add(String.format(padded ? "%04X" : "%x", group)));
    if (endsInIpv4) {
      elements.subList(6, 8).clear();
      elements.add(InetAddress.getByAddress(last4(octets)).getHostAddress());
    }

    String text = "[IPv6:" + join(elements, groups, compressed) + "]";

    assertThat(Domain.parse(text).address()).contains(InetAddress.getByAddress(octets.array()));
  }

  private static byte[] last4(ByteBuffer octets) {
    return ByteBuffer.allocate(4).putInt(octets.getInt(12)).array();
  }

  /**
   * Joins the elements, with {@code ::} in place of the zeros at the given group, if there are any.
   */
  private static String join(List<String> elements, List<Integer> groups, int from) {
    int hexGroups = elements.size() == 8 ? 8 : 6;
    int to = from;
    while (to < hexGroups && groups.get(to) == 0) {
      to++;
    }
    return to <= from
        ? String.join(":", elements)
        : String.join(":", elements.subList(0, from))
            + "::"
            + String.join(":", elements.subList(to, elements.size()));
  }

  private static Optional<Domain> parse(String text) {
    try {
      return Optional.of(Domain.parse(text));
    } catch (AddressSyntaxException e) {
      return Optional.empty();
    }
  }

  /** A property that almost never has one of the two outcomes would prove nothing. */
  private static void assertShare(String label, boolean outcome) {
    Statistics.label(label)
        .collect(outcome)
        .coverage(checker -> checker.check(true).percentage(share -> share > 2 && share < 98));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        AddressArbitraries.almostNames(),
        AddressArbitraries.almostLiterals(),
        AddressArbitraries.unicodeNames(),
        Arbitraries.strings().all().ofMaxLength(60));
  }

  @Provide
  Arbitrary<String> names() {
    return AddressArbitraries.almostNames();
  }

  @Provide
  Arbitrary<String> unicodeNames() {
    return AddressArbitraries.unicodeNames();
  }

  @Provide
  Arbitrary<String> literals() {
    return AddressArbitraries.almostLiterals();
  }

  @Provide
  Arbitrary<Domain> domains() {
    return AddressArbitraries.domains();
  }

  @Provide
  Arbitrary<List<Integer>> groups() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.integers().between(0, 0xffff)))
        .list()
        .ofSize(8);
  }
}
