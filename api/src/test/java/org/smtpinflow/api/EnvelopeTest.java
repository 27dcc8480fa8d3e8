// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeTest {

  private static final ReversePath SENDER = ReversePath.of(Mailbox.parse("me@example.org"));
  private static final Recipient SUPPORT =
      Recipient.of(ForwardPath.of(Mailbox.parse("support@example.com")));
  private static final Recipient POSTMASTER = Recipient.of(ForwardPath.POSTMASTER);

  @Test
  void recipientsAreCopiedAndCannotBeChanged() {
    List<Recipient> recipients = new ArrayList<>(List.of(SUPPORT));
    Envelope envelope = envelope(recipients);

    recipients.add(POSTMASTER);

    assertThat(envelope.recipients()).containsExactly(SUPPORT);
    assertThatThrownBy(() -> envelope.recipients().add(POSTMASTER))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void recipientsKeepTheirOrderAndMayBeNamedTwice() {
    assertThat(envelope(List.of(SUPPORT, POSTMASTER, SUPPORT)).recipients())
        .containsExactly(SUPPORT, POSTMASTER, SUPPORT);
  }

  @Test
  void withRecipientsChangesNothingElse() {
    Envelope envelope =
        new Envelope(
            SENDER,
            List.of(SUPPORT, POSTMASTER),
            BodyType.BINARY_MIME,
            true,
            true,
            OptionalLong.of(4096),
            Optional.of(DsnReturn.HDRS),
            Optional.of("QQ314159"),
            Optional.of(Mailbox.parse("author@example.org")));

    Envelope other = envelope.withRecipients(List.of(POSTMASTER));

    assertThat(other.recipients()).containsExactly(POSTMASTER);
    assertThat(other.withRecipients(envelope.recipients())).isEqualTo(envelope);
    assertThat(envelope.recipients()).containsExactly(SUPPORT, POSTMASTER);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> envelope(Arrays.asList(SUPPORT, null)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> ReversePath.of(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new ForwardPath(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Recipient.of(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void notifyOnIsCopiedAndCannotBeChanged() {
    Set<DsnNotify> notifyOn = EnumSet.of(DsnNotify.SUCCESS);
    Recipient recipient = new Recipient(SUPPORT.path(), notifyOn, Optional.empty());

    notifyOn.add(DsnNotify.DELAY);

    assertThat(recipient.notifyOn()).containsExactly(DsnNotify.SUCCESS);
    assertThatThrownBy(() -> recipient.notifyOn().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** RFC 3461, section 4.1: "notify-esmtp-value = "NEVER" / 1#notify-list-element". */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEVER")
  void neverExcludesOtherValues(DsnNotify other) {
    ForwardPath path = SUPPORT.path();

    assertThat(new Recipient(path, Set.of(DsnNotify.NEVER), Optional.empty()).notifyOn())
        .containsExactly(DsnNotify.NEVER);
    assertThatThrownBy(() -> new Recipient(path, Set.of(DsnNotify.NEVER, other), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NEVER")
        .hasMessageContaining(other.name());
  }

  /** RFC 3461, section 4.2: the address type is not case-sensitive; the address is unchanged. */
  @Test
  void typeOfAnOriginalRecipientIsInLowerCase() {
    assertThat(new OriginalRecipient("RFC822", "Joe@Example.org"))
        .isEqualTo(new OriginalRecipient("rfc822", "Joe@Example.org"))
        .isNotEqualTo(new OriginalRecipient("rfc822", "joe@example.org"));
  }

  /** RFC 5321, section 4.1.2: "Reverse-path = Path / "<>"". */
  @Test
  void reversePathIsAMailboxOrNull() {
    assertThat(ReversePath.NULL.isNull()).isTrue();
    assertThat(ReversePath.NULL).hasToString("<>");
    assertThat(SENDER.isNull()).isFalse();
    assertThat(SENDER).hasToString("<me@example.org>");
    assertThat(ReversePath.of(Mailbox.parse("\"a b\"@EXAMPLE.org")))
        .isEqualTo(ReversePath.of(Mailbox.parse("\"a\\ b\"@example.org")))
        .hasToString("<\"a b\"@EXAMPLE.org>");
  }

  /** RFC 5321, section 4.1.1.3: "the special case of "RCPT TO:<Postmaster>" (with no domain)". */
  @Test
  void forwardPathIsAMailboxOrPostmaster() {
    assertThat(ForwardPath.POSTMASTER).hasToString("<Postmaster>");
    assertThat(ForwardPath.POSTMASTER.localPart()).isEqualTo("postmaster");
    assertThat(SUPPORT.path()).hasToString("<support@example.com>");
    assertThat(SUPPORT.path().localPart()).isEqualTo("support");
    assertThat(ForwardPath.of(Mailbox.parse("\"a b\"@example.org")).localPart()).isEqualTo("a b");
    assertThat(ForwardPath.of(Mailbox.parse("postmaster@example.org")))
        .isNotEqualTo(ForwardPath.POSTMASTER);
  }

  /** RFC 6152, section 3, and RFC 3030, section 3. */
  @Test
  void bodyTypesHaveTheKeywordsOfTheCommand() {
    assertThat(BodyType.values())
        .extracting(BodyType::keyword)
        .containsExactly("7BIT", "8BITMIME", "BINARYMIME");
  }

  private static Envelope envelope(List<Recipient> recipients) {
    return new Envelope(
        SENDER,
        recipients,
        BodyType.SEVEN_BIT,
        false,
        false,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
