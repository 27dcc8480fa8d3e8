// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.ApplicationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailRefusedExceptionTest {

  private static final EnhancedStatusCode FOR_NOW = EnhancedStatusCode.parse("4.2.2");
  private static final EnhancedStatusCode FOR_GOOD = EnhancedStatusCode.parse("5.2.2");

  @Test
  void rejectsWith550ByDefault() {
    MailRejectedException exception = new MailRejectedException("no such ticket");

    assertThat(exception.replyCode()).isEqualTo(550);
    assertThat(exception.statusCode()).hasToString("5.7.1");
    assertThat(exception.text()).isEqualTo("no such ticket");
  }

  @Test
  void defersWith451ByDefault() {
    MailDeferredException exception = new MailDeferredException("try later");

    assertThat(exception.replyCode()).isEqualTo(451);
    assertThat(exception.statusCode()).hasToString("4.3.0");
    assertThat(exception.text()).isEqualTo("try later");
  }

  @Test
  void carriesTheReplyAndTheCause() {
    Exception cause = new IllegalStateException("quota table is locked");

    assertThat(new MailRejectedException(552, FOR_GOOD, "full", cause))
        .hasCause(cause)
        .hasMessage("full")
        .extracting(MailRefusedException::replyCode, MailRefusedException::statusCode)
        .containsExactly(552, FOR_GOOD);
    assertThat(new MailDeferredException(452, FOR_NOW, "full", cause))
        .hasCause(cause)
        .hasMessage("full")
        .extracting(MailRefusedException::replyCode, MailRefusedException::statusCode)
        .containsExactly(452, FOR_NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 599})
  void rejectsWithClass5(int replyCode) {
    assertThat(new MailRejectedException(replyCode, FOR_GOOD, "").replyCode()).isEqualTo(replyCode);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 499})
  void defersWithClass4(int replyCode) {
    assertThat(new MailDeferredException(replyCode, FOR_NOW, "").replyCode()).isEqualTo(replyCode);
  }

  /** A bean that refuses a message must not cause a positive reply, nor a mix of 4yz and 5yz. */
  @ParameterizedTest
  @ValueSource(ints = {-550, 0, 5, 55, 250, 354, 399, 600, 5500})
  void refusesOtherReplyCodes(int replyCode) {
    assertThatThrownBy(() -> new MailRejectedException(replyCode, FOR_GOOD, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reply code " + replyCode + " is not between 500 and 599");
    assertThatThrownBy(() -> new MailDeferredException(replyCode, FOR_NOW, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reply code " + replyCode + " is not between 400 and 499");
  }

  @Test
  void classesOfBothCodesMustAgree() {
    assertThatThrownBy(() -> new MailRejectedException(450, FOR_GOOD, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MailDeferredException(550, FOR_NOW, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MailRejectedException(550, FOR_NOW, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("enhanced status code 4.2.2 does not begin with 5");
    assertThatThrownBy(() -> new MailDeferredException(450, FOR_GOOD, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("enhanced status code 5.2.2 does not begin with 4");
  }

  @Test
  void textIsRequired() {
    assertThatThrownBy(() -> new MailRejectedException(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("text");
  }

  /**
   * Jakarta Enterprise Beans 4.0, section 9.2.1: an application exception rolls back only if its
   * declaration says so, and a checked one is no system exception.
   */
  @Test
  void isAnApplicationExceptionThatRollsBack() {
    ApplicationException declaration =
        MailRefusedException.class.getAnnotation(ApplicationException.class);

    assertThat(declaration.rollback()).isTrue();
    assertThat(declaration.inherited()).isTrue();
    assertThat(new MailRejectedException("")).isNotInstanceOf(RuntimeException.class);
  }

  @Test
  void canBeSerializedAsAnyException() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new MailRejectedException(552, FOR_GOOD, "full"));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((MailRejectedException) in.readObject()).statusCode()).isEqualTo(FOR_GOOD);
    }
  }
}
