// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

  /** RFC 5321, section 4.1.2: "sub-domain = Let-dig [Ldh-str]". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "localhost",
        "a",
        "1",
        "3com.com",
        "a-b.c--d.e",
        "192.0.2.1",
        "xn--bcher-kva.example",
        "_spf.my_host.example"
      })
  void takesNames(String name) {
    Domain domain = Domain.parse(name);

    assertThat(domain.text()).isEqualTo(name);
    assertThat(domain.ascii()).isEqualTo(name);
    assertThat(domain.isLiteral()).isFalse();
    assertThat(domain).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "example.org.",
        ".example.org",
        "example..org",
        "-a.org",
        "a-.org",
        "-",
        "a.-",
        "a b.org",
        "a@b.org",
        "a/b",
        "#1",
        "a:25",
        "a.org]",
        "bücher.",
        ".bücher",
        "bücher..example",
        "-ü.example",
        "ü-.example",
        "b!ücher.example"
      })
  void refusesInvalidNames(String name) {
    assertSyntaxError(name);
  }

  /** RFC 1035, section 2.3.4: "labels: 63 octets or less". */
  @Test
  void labelHasAtMost63Octets() {
    assertThat(Domain.parse("a".repeat(63) + ".org").ascii()).hasSize(67);
    assertThatThrownBy(() -> Domain.parse("org." + "a".repeat(64)))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessage("domain has a label longer than 63 octets");
  }

  /** RFC 5890, section 2.3.2.1: the limit is that of the A-label. */
  @Test
  void labelInUnicodeIsMeasuredAsItsALabel() {
    String spread =
        IntStream.range(0, 20)
            .mapToObj(i -> Character.toString(0x4e00 + i * 997))
            .collect(Collectors.joining());

    assertThat(Domain.parse(spread.substring(0, 19)).ascii()).hasSize(61);
    assertThat(spread.getBytes(StandardCharsets.UTF_8)).hasSize(60);
    assertSyntaxError(spread);
  }

  /**
   * RFC 5321, section 4.5.3.1.2: "The maximum total length of a domain name or number is 255
   * octets."
   */
  @Test
  void domainHasAtMost255Octets() {
    String label = "a".repeat(63) + ".";
    String longest = label.repeat(3) + "a".repeat(63);

    assertThat(Domain.parse(longest).ascii()).hasSize(255);
    assertThatThrownBy(() -> Domain.parse(label.repeat(3) + "a".repeat(62) + ".a"))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessage("domain is longer than 255 octets");
    assertThat(Domain.parse("[x:" + "a".repeat(251) + "]").text()).hasSize(255);
    assertSyntaxError("[x:" + "a".repeat(252) + "]");
  }

  @Test
  void domainIsMeasuredInOctetsAndNotInCharacters() {
    String label = "例".repeat(20) + ".";

    assertThat(Domain.parse(label.repeat(4) + "example").text()).hasSize(91);
    assertThatThrownBy(() -> Domain.parse(label.repeat(4) + "example.example"))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessage("domain is longer than 255 octets");
  }

  @Test
  void domainInUnicodeIsMeasuredAsItsALabels() {
    String label = "ü.";

    assertThat(Domain.parse(label.repeat(31) + "a".repeat(7)).ascii())
        .isEqualTo("xn--tda.".repeat(31) + "a".repeat(7))
        .hasSize(255);
    assertSyntaxError(label.repeat(31) + "a".repeat(8));
  }

  @ParameterizedTest
  @CsvSource({
    "EXAMPLE.Org,example.org",
    "BÜCHER.example,bücher.EXAMPLE",
    "bücher.example,XN--BCHER-KVA.example",
    "Bücher.пример,xn--bcher-kva.xn--e1afmkfd",
    "bücher.xn--e1afmkfd,xn--bcher-kva.пример",
    "bu\u0308cher.example,bücher.example"
  })
  void namesOfOneDomainAreEqual(String one, String other) {
    assertThat(Domain.parse(one))
        .isEqualTo(Domain.parse(other))
        .hasSameHashCodeAs(Domain.parse(other))
        .hasToString(one);
  }

  /** The internationalized test domains of the DNS root, 2007. */
  @ParameterizedTest
  @CsvSource({
    "例え.テスト,xn--r8jz45g.xn--zckzah",
    "测试,xn--0zwm56d",
    "испытание,xn--80akhbyknj4f",
    "δοκιμή,xn--jxalpdlp",
    "테스트,xn--9t4b11yi5a",
    "परीक्षा,xn--11b5bs3a9aj6g",
    "إختبار,xn--kgbechtv",
    "טעסט,xn--deba0ad"
  })
  void labelsOutsideAsciiBecomeALabels(String unicode, String ascii) {
    assertThat(Domain.parse(unicode).ascii()).isEqualTo(ascii);
    assertThat(Domain.parse(unicode)).isEqualTo(Domain.parse(ascii));
  }

  /**
   * RFC 5890, section 2.3.2.1: a U-label is "in Normalization Form C (NFC) and including at least
   * one non-ASCII character", and its A-label turns back into it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "example\u2024org",
        "example\u3002org",
        "example\uff0eorg",
        "example\uff61org",
        "\u2488a.org",
        "exam\u00adple.org",
        "exam\u200dple.org",
        "exam\u200bple.org",
        "\uff45xample.org",
        "\u212aelvin.org",
        "\ufb01.org",
        "\u00a0a.org",
        "\u2100.org",
        "\uff3b192.0.2.1]",
        "straße.example",
        "οδος.example"
      })
  void refusesNamesThatMappingWouldChange(String name) {
    assertSyntaxError(name);
  }

  @ParameterizedTest
  @CsvSource({"xn--strae-oqa.de", "xn--pxacb0b.example"})
  void takesAnyLabelAsAnALabel(String name) {
    assertThat(Domain.parse(name).ascii()).isEqualTo(name);
  }

  /** In Turkish the lower case of I is a dotless ı. */
  @Test
  void lowerCaseDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(Domain.parse("MAIL.INFO").ascii()).isEqualTo("mail.info");
      assertThat(Domain.parse("[IPV6:::1]").ascii()).isEqualTo("[ipv6:::1]");
      assertThat(Domain.parse("İ.info")).isNotEqualTo(Domain.parse("i.info"));
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Even a name that every resolver knows has no address, and literals are not resolved. */
  @Test
  void nothingIsLookedUp() {
    assertThat(Domain.parse("localhost").address()).isEmpty();
    assertSyntaxError("[localhost]");
    assertSyntaxError("[IPv6:localhost]");
    assertThat(Domain.parse("[IPv6:::1]").address().orElseThrow().toString()).startsWith("/");
  }

  private static void assertSyntaxError(String text) {
    assertThatThrownBy(() -> Domain.parse(text)).isInstanceOf(AddressSyntaxException.class);
  }
}
