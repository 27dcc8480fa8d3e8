// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

  private static final Domain EXAMPLE = Domain.parse("example.org");

  /** RFC 5321, section 4.1.2: "Dot-string = Atom *("." Atom)". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "Joe.Smith",
        "support+id=42",
        "a.b.c",
        "0",
        "!#$%&'*+-/=?^_`{|}~",
        "-a-",
        "jürgen",
        "例え",
        "😀.😀"
      })
  void dotStringIsTheLocalPartUnchanged(String localPart) {
    Mailbox mailbox = Mailbox.parse(localPart + "@example.org");

    assertThat(mailbox).isEqualTo(new Mailbox(localPart, EXAMPLE));
    assertThat(mailbox).hasToString(localPart + "@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".a", "a.", "a..b", ".", "a b", "a,b", "a:b", "a;b", "a<b", "a>b", "a(b)", "a[b]", "a\\b",
        "a\\@b", "a\"b", "a\"b\"", " a", "a "
      })
  void otherLocalPartsMustBeQuoted(String localPart) {
    assertSyntaxError(localPart + "@example.org");

    assertThat(new Mailbox(localPart, EXAMPLE).toString()).startsWith("\"");
  }

  /**
   * RFC 5321, section 4.1.2: "quoted-pairSMTP = %d92 %d32-126; i.e., backslash followed by any
   * ASCII graphic (including itself) or SPace".
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\u0001',
      value = {
        "\"Joe Smith\",Joe Smith",
        "\"a@b\",a@b",
        "\"a\\\"b\",a\"b",
        "\"a\\\\b\",a\\b",
        "\"a\\\\\",a\\",
        "\"\\a\\b\",ab",
        "\"\\@\",@",
        "\"Abc\\ def\",Abc def",
        "\"a..b\",a..b",
        "\".\",.",
        "\"jürgen müller\",jürgen müller",
        "\"<>\",<>"
      })
  void quotedStringIsUnquoted(String quoted, String localPart) {
    assertThat(Mailbox.parse(quoted + "@example.org")).isEqualTo(new Mailbox(localPart, EXAMPLE));
  }

  /** RFC 5321, section 4.1.2: "Quoted-string = DQUOTE *QcontentSMTP DQUOTE", so it may be empty. */
  @Test
  void quotedStringMayBeEmpty() {
    Mailbox mailbox = Mailbox.parse("\"\"@example.org");

    assertThat(mailbox.localPart()).isEmpty();
    assertThat(mailbox).hasToString("\"\"@example.org");
  }

  /**
   * RFC 5321, section 4.1.2: "all quoted forms MUST be treated as equivalent, and the sending
   * system SHOULD transmit the form that uses the minimum quoting possible".
   */
  @Test
  void quotingMakesNoDifference() {
    assertThat(Mailbox.parse("\"a.b\"@example.org"))
        .isEqualTo(Mailbox.parse("a.b@example.org"))
        .hasSameHashCodeAs(Mailbox.parse("\"\\a.b\"@example.org"))
        .hasToString("a.b@example.org");
  }

  /** RFC 5321, section 2.4: "The local-part of a mailbox MUST BE treated as case sensitive." */
  @Test
  void caseMattersBeforeTheAtSignAndNotAfterIt() {
    assertThat(Mailbox.parse("Joe@example.org"))
        .isEqualTo(Mailbox.parse("Joe@EXAMPLE.org"))
        .isNotEqualTo(Mailbox.parse("joe@example.org"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@",
        "a@",
        "@example.org",
        "a@b@c",
        "a@@b",
        "\"",
        "\"\"",
        "\"a",
        "\"a\\",
        "\"a\\\"",
        "\"a\\\"@example.org",
        "\"a\"",
        "\"a\"b@example.org",
        "\"a\"\"b\"@example.org",
        "\"a\".b@example.org",
        "\"a\" @example.org",
        "<a@example.org>",
        "a@example.org ",
        "a@ example.org",
        " a@example.org",
        "a@example.org\r\n",
        "@a,@b:c@example.org",
        "Joe <joe@example.org>",
        "joe(comment)@example.org"
      })
  void refusesInvalidMailboxes(String text) {
    assertSyntaxError(text);
  }

  /** RFC 5321, section 4.1.2, has no control character; C1 controls are refused as well. */
  @ParameterizedTest
  @MethodSource("controls")
  void refusesControlCharacters(int control) {
    String character = Character.toString(control);

    assertSyntaxError("a" + character + "@example.org");
    assertSyntaxError("\"a" + character + "\"@example.org");
    assertSyntaxError("\"a\\" + character + "\"@example.org");
    assertSyntaxError("a@exa" + character + "mple.org");
    assertSyntaxError("a@[x:a" + character + "]");
    assertThatThrownBy(() -> new Mailbox(character, EXAMPLE))
        .isInstanceOf(AddressSyntaxException.class);
  }

  static IntStream controls() {
    return IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f));
  }

  /**
   * RFC 6531, section 3.3: "UTF8-non-ascii" is what UTF-8 can encode, which excludes lone
   * surrogates.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\ud83db"})
  void refusesLoneSurrogates(String text) {
    assertSyntaxError(text + "@example.org");
    assertSyntaxError("\"" + text + "\"@example.org");
    assertSyntaxError("\"\\" + text + "\"@example.org");
    assertSyntaxError("a@" + text + ".org");
    assertThatThrownBy(() -> new Mailbox(text, EXAMPLE)).isInstanceOf(AddressSyntaxException.class);
  }

  /** RFC 6531, section 3.3, extends qtextSMTP but not quoted-pairSMTP. */
  @ParameterizedTest
  @ValueSource(strings = {"ü", "例", "😀"})
  void backslashQuotesAsciiOnly(String character) {
    assertThat(Mailbox.parse("\"" + character + "\"@example.org").localPart()).isEqualTo(character);
    assertSyntaxError("\"\\" + character + "\"@example.org");
  }

  /**
   * RFC 5321, section 4.5.3.1.1: "The maximum total length of a user name or other local-part is 64
   * octets."
   */
  @ParameterizedTest
  @CsvSource({"a,64", "ü,32", "例,21", "😀,16"})
  void localPartHasAtMost64Octets(String character, int most) {
    String longest = character.repeat(most);

    assertThat(Mailbox.parse(longest + "@example.org").localPart()).isEqualTo(longest);
    assertThatThrownBy(() -> Mailbox.parse(longest + character + "@example.org"))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessage("local part is longer than 64 octets");
  }

  @Test
  void quotingDoesNotCountTowardsTheLength() {
    assertThat(Mailbox.parse("\"" + "\\a".repeat(64) + "\"@example.org").localPart())
        .isEqualTo("a".repeat(64));
    assertSyntaxError("\"" + "\\a".repeat(65) + "\"@example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "a@example.org,false",
    "a@xn--bcher-kva.example,false",
    "ü@example.org,true",
    "a@bücher.example,true",
    "😀@example.org,true"
  })
  void charactersOutsideAsciiNeedSmtpUtf8(String mailbox, boolean needed) {
    assertThat(Mailbox.parse(mailbox).needsSmtpUtf8()).isEqualTo(needed);
  }

  @Test
  void takesAddressLiterals() {
    Mailbox mailbox = Mailbox.parse("postmaster@[IPv6:2001:db8::1]");

    assertThat(mailbox.domain().isLiteral()).isTrue();
    assertThat(mailbox).hasToString("postmaster@[IPv6:2001:db8::1]");
  }

  private static void assertSyntaxError(String text) {
    assertThatThrownBy(() -> Mailbox.parse(text)).isInstanceOf(AddressSyntaxException.class);
  }
}
