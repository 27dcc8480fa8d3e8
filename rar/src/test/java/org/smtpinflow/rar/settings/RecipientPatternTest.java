// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.ForwardPath;
import org.smtpinflow.api.Mailbox;

class RecipientPatternTest {

  private static final Domain LOCAL = Domain.parse("local.example");

  private static boolean takes(String pattern, String recipient) {
    ForwardPath path =
        recipient.equalsIgnoreCase("postmaster")
            ? ForwardPath.POSTMASTER
            : ForwardPath.of(Mailbox.parse(recipient));
    return RecipientPattern.parse(pattern).matches(path, LOCAL::equals);
  }

  @ParameterizedTest
  @CsvSource({
    "support@example.com, support@example.com",
    "support@example.com, SUPPORT@EXAMPLE.COM",
    "Support@Example.com, support@example.com",
    "support+*@example.com, support+42@example.com",
    "support+*@example.com, support+@example.com",
    "*-request@example.com, list-request@example.com",
    "a*b*c@example.com, a1b2c@example.com",
    "*@example.com, anyone@example.com",
    "*@*.example.com, anyone@a.b.example.com",
    "root@*, root@anywhere.example",
    "*, anyone@anywhere.example",
    "*, postmaster",
    "postmaster, postmaster",
    "postmaster, Postmaster@local.example",
    "post@b\u00fccher.example, post@xn--bcher-kva.example",
    "post@xn--bcher-kva.example, post@B\u00dcCHER.example",
    "j\u00fcrgen@example.com, J\u00dcRGEN@example.com",
    "ju\u0308rgen@example.com, j\u00fcrgen@example.com",
    "'\"a b\"@example.com', '\"A B\"@example.com'",
    "a.b@example.com, '\"a.b\"@example.com'",
    "root@[192.0.2.1], root@[192.0.2.1]",
  })
  void takesMatchingRecipients(String pattern, String recipient) {
    assertThat(takes(pattern, recipient)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "support@example.com, support@example.org",
    "support@example.com, support@sub.example.com",
    "support@example.com, xsupport@example.com",
    "support@example.com, supportx@example.com",
    "support+*@example.com, support@example.com",
    "a.c@example.com, abc@example.com",
    "*@example.com, anyone@sub.example.com",
    "*@*.example.com, anyone@example.com",
    "*@*.example.com, anyone@badexample.com",
    "postmaster, postmaster@elsewhere.example",
    "postmaster, root@local.example",
    "*@example.com, postmaster",
    "*@*, postmaster",
  })
  void leavesOtherRecipients(String pattern, String recipient) {
    assertThat(takes(pattern, recipient)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@example.com",
        "a b@c",
        "a@*x.example",
        "a@b@c",
        "\"*\"@x",
        "a..b@c"
      })
  void refusesInvalidPatterns(String text) {
    assertThatThrownBy(() -> RecipientPattern.parse(text))
        .isInstanceOf(AddressSyntaxException.class);
  }

  @Test
  void namesItsDomains() {
    Domain domain = Domain.parse("a.example.com");
    assertThat(RecipientPattern.parse("x@a.example.com").names(domain)).isTrue();
    assertThat(RecipientPattern.parse("x@*.example.com").names(domain)).isTrue();
    assertThat(RecipientPattern.parse("x@b.example.com").names(domain)).isFalse();
    assertThat(RecipientPattern.parse("x@*").names(domain)).isFalse();
    assertThat(RecipientPattern.parse("*").names(domain)).isFalse();
    assertThat(RecipientPattern.parse("postmaster").names(domain)).isFalse();
  }
}
