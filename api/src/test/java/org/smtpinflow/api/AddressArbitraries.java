// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Addresses, and texts that are almost addresses. */
final class AddressArbitraries {

  private AddressArbitraries() {}

  /** Any local part that can be quoted, of 64 octets at most. */
  static Arbitrary<String> localParts() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(' ', '~')),
            Tuple.of(4, Arbitraries.of((int) '"', (int) '\\', (int) '.', (int) ' ', (int) '@')),
            Tuple.of(2, Arbitraries.integers().between(0xa0, 0xd7ff)),
            Tuple.of(1, Arbitraries.integers().between(0xe000, 0xffff)),
            Tuple.of(2, Arbitraries.integers().between(0x10000, 0x10ffff)))
        .list()
        .ofMaxSize(64)
        .map(AddressArbitraries::firstOctets);
  }

  private static String firstOctets(List<Integer> codePoints) {
    StringBuilder text = new StringBuilder();
    int octets = 0;
    for (int codePoint : codePoints) {
      String character = Character.toString(codePoint);
      octets += character.getBytes(StandardCharsets.UTF_8).length;
      if (octets > 64) {
        break;
      }
      text.append(character);
    }
    return text.toString();
  }

  static Arbitrary<Domain> domains() {
    Arbitrary<String> label =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(63),
            Arbitraries.strings().withCharRange('A', 'Z').ofMinLength(1).ofMaxLength(9),
            Arbitraries.of("bücher", "例え", "пример", "xn--bcher-kva", "a-b", "3com"));
    Arbitrary<String> name =
        label.list().ofMinSize(1).ofMaxSize(3).map(labels -> String.join(".", labels));
    Arbitrary<String> literal = Arbitraries.of("[192.0.2.1]", "[IPv6:2001:db8::1]", "[x:y]");
    return Arbitraries.frequencyOf(Tuple.of(9, name), Tuple.of(1, literal)).map(Domain::parse);
  }

  /** Texts made of elements of the grammar. */
  static Arbitrary<String> almostMailboxes() {
    Arbitrary<String> atoms = pieces("a", "Z", "0", "1", "x.y", ".", "+", "é", "😀", " ", "\ud83d");
    Arbitrary<String> quoted =
        pieces("a", ".", " ", "@", "\\\"", "\\\\", "\\a", "é", "\"", "\\", "\t")
            .map(text -> '"' + text + '"');
    Arbitrary<String> domain =
        Arbitraries.oneOf(almostNames(), almostLiterals(), domains().map(Domain::text));
    return Combinators.combine(Arbitraries.oneOf(atoms, quoted), domain)
        .as((localPart, after) -> localPart + "@" + after);
  }

  static Arbitrary<String> almostNames() {
    return pieces("a", "B", "0", "x", "y", "-", ".", "example", "xn--", "@", "\0");
  }

  /** Names of which most characters are outside ASCII, from the whole of Unicode. */
  static Arbitrary<String> unicodeNames() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0xa0, 0x24ff)),
            Tuple.of(2, Arbitraries.integers().between(0x2e80, 0xd7ff)),
            Tuple.of(1, Arbitraries.integers().between(0xd800, 0xffff)),
            Tuple.of(1, Arbitraries.integers().between(0x10000, 0x1ffff)),
            Tuple.of(3, Arbitraries.of((int) '.', (int) 'a', (int) 'Z', (int) '1')))
        .map(Character::toString)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(list -> String.join("", list));
  }

  static Arbitrary<String> almostLiterals() {
    return Arbitraries.oneOf(
        pieces("1", "25", "6", ".", "192.0.2").map(text -> "[192.0.2." + text + "]"),
        almostIpv6().map(text -> "[IPv6:" + text + "]"),
        pieces("x", "-", "y:", "Z:z", "]", "\\", " ", "[", "1.2.3.4")
            .map(text -> "[x" + text + "]"));
  }

  static Arbitrary<String> almostIpv6() {
    Arbitrary<String> element =
        Arbitraries.frequency(
            Tuple.of(20, "1"),
            Tuple.of(3, ""),
            Tuple.of(2, "aBcD"),
            Tuple.of(1, "00001"),
            Tuple.of(1, "g"),
            Tuple.of(1, "1.2.3.4"),
            Tuple.of(1, "1%1"));
    Arbitrary<String> last =
        Arbitraries.frequency(
            Tuple.of(3, "1"),
            Tuple.of(2, ""),
            Tuple.of(2, "192.0.2.255"),
            Tuple.of(1, "1.2.3.256"));
    return Combinators.combine(element.list().ofMaxSize(8), last)
        .as(
            (elements, end) ->
                elements.stream().map(e -> e + ":").collect(Collectors.joining()) + end);
  }

  private static Arbitrary<String> pieces(String... pieces) {
    return Arbitraries.of(pieces).list().ofMaxSize(6).map(list -> String.join("", list));
  }
}
