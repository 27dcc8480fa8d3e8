// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5321, section 4.1.3. */
class AddressLiteralTest {

  /** "Snum = 1*3DIGIT; representing a decimal integer value in the range 0 through 255". */
  @ParameterizedTest
  @CsvSource({
    "[192.0.2.1],c0000201",
    "[0.0.0.0],00000000",
    "[255.255.255.255],ffffffff",
    "[010.001.08.9],0a010809"
  })
  void ipv4(String literal, String octets) throws UnknownHostException {
    assertAddress(literal, octets);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:0:0:0:1,20010db8000000000000000000000001",
    "2001:0DB8:0000:0000:0000:0000:0000:000A,20010db800000000000000000000000a",
    "2001:db8::1,20010db8000000000000000000000001",
    "::,00000000000000000000000000000000",
    "::1,00000000000000000000000000000001",
    "1::,00010000000000000000000000000000",
    "1:2:3:4:5:6::,00010002000300040005000600000000",
    "::3:4:5:6:7:8,00000000000300040005000600070008",
    "1:2:3:4:5:6:192.0.2.1,000100020003000400050006c0000201",
    "64:ff9b::192.0.2.1,0064ff9b0000000000000000c0000201",
    "1:2:3:4::192.0.2.1,000100020003000400000000c0000201",
    "::1:2:3:4:192.0.2.1,000000000001000200030004c0000201"
  })
  void ipv6(String address, String octets) throws UnknownHostException {
    assertAddress("[IPv6:" + address + "]", octets);
    assertAddress("[ipv6:" + address + "]", octets);
  }

  /**
   * The RFC wants "::" to stand for two groups at least; RFC 4291, section 2.2, allows one, and old
   * clients write it. The text is unambiguous.
   */
  @ParameterizedTest
  @CsvSource({
    "2001:db8::3:4:5:6:7,20010db8000000030004000500060007",
    "::2:3:4:5:6:7:8,00000002000300040005000600070008",
    "1:2:3:4:5:6:7::,00010002000300040005000600070000"
  })
  void ipv6WhereTwoColonsStandForOneGroup(String address, String octets)
      throws UnknownHostException {
    assertAddress("[IPv6:" + address + "]", octets);
  }

  /** As in the JDK: on a dual-stack socket, a connection has the IPv4 address. */
  @Test
  void ipv4MappedIpv6IsTheIpv4Address() throws UnknownHostException {
    assertAddress("[IPv6:::ffff:192.0.2.1]", "c0000201");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:",
        ":2:3:4:5:6:7:8",
        "1::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::8",
        "1::2::3",
        "1:::2",
        "12345::",
        "00001::1",
        "g::1",
        "::1%eth0",
        "::1%1",
        "::1/64",
        " ::1",
        "[::1]",
        "192.0.2.1",
        "::192.0.2",
        "::192.0.2.1.1",
        "::192.0.2.256",
        "::192.0.2.0001",
        "::192.0.2.",
        "192.0.2.1::",
        "::192.0.2.1:1",
        "1:2:3:4:5:6:7:192.0.2.1",
        "1:2:3:4:5:192.0.2.1",
        "::１"
      })
  void refusesBadIpv6(String address) {
    assertSyntaxError("[IPv6:" + address + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[]",
        "]",
        "[192.0.2.1",
        "192.0.2.1]",
        "[192.0.2.1].",
        "[192.0.2.1]]",
        "[[192.0.2.1]]",
        "[192.0.2]",
        "[192.0.2.1.1]",
        "[192.0.2.256]",
        "[192.0.2.0001]",
        "[192.0.2.-1]",
        "[192.0.2.]",
        "[0xc0.0.2.1]",
        "[3221225985]",
        "[ 192.0.2.1]",
        "[192.0.2.1]:25",
        "[١.٢.٣.٤]"
      })
  void refusesBadIpv4(String literal) {
    assertSyntaxError(literal);
  }

  @Test
  void missingPrefixIsNamed() {
    assertThatThrownBy(() -> Domain.parse("[2001:db8::1]"))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageContaining("without 'IPv6:'");
    assertSyntaxError("[::1]");
    assertSyntaxError("[1:2:3:4:5:6:7:8]");
    assertSyntaxError("[::ffff:192.0.2.1]");
  }

  /** "General-address-literal = Standardized-tag ":" 1*dcontent". */
  @ParameterizedTest
  @ValueSource(strings = {"[x:y]", "[X400-1:c=gb;a=x~!\"^{}]", "[-a:b]", "[1:2]"})
  void generalLiteralHasNoAddress(String literal) {
    Domain domain = Domain.parse(literal);

    assertThat(domain.isLiteral()).isTrue();
    assertThat(domain.address()).isEmpty();
    assertThat(domain).hasToString(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[x]",
        "[x:]",
        "[:y]",
        "[x-:y]",
        "[x_:y]",
        "[x:a b]",
        "[x:a\\b]",
        "[x:a[b]",
        "[ü:y]",
        "[x:ü]"
      })
  void refusesBadGeneralLiteral(String literal) {
    assertSyntaxError(literal);
  }

  @Test
  void caseMakesNoDifference() {
    assertThat(Domain.parse("[IPV6:2001:DB8::A]"))
        .isEqualTo(Domain.parse("[IPv6:2001:db8::a]"))
        .hasSameHashCodeAs(Domain.parse("[IPv6:2001:db8::a]"));
    assertThat(Domain.parse("[192.0.2.1]")).isNotEqualTo(Domain.parse("192.0.2.1"));
  }

  private static void assertAddress(String literal, String octets) throws UnknownHostException {
    Domain domain = Domain.parse(literal);

    assertThat(domain.isLiteral()).isTrue();
    assertThat(domain.address())
        .contains(InetAddress.getByAddress(HexFormat.of().parseHex(octets)));
    assertThat(domain).hasToString(literal);
  }

  private static void assertSyntaxError(String text) {
    assertThatThrownBy(() -> Domain.parse(text)).isInstanceOf(AddressSyntaxException.class);
  }
}
