// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import org.jboss.as.server.suspend.Resuming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailActivationSpecTest {

  private final MailActivationSpec spec = new MailActivationSpec();

  @Test
  void takesPatternsSeparatedByCommas() throws InvalidPropertyException {
    spec.setRecipients("support@example.com, support+*@example.com ,postmaster");
    spec.validate();
    assertThat(spec.settings().recipients())
        .hasToString("[support@example.com, support+*@example.com, postmaster]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"support@example.com,", "support at example.com"})
  void namesTheInvalidRecipientPattern(String recipients) {
    spec.setRecipients(recipients);
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageStartingWith("recipients: '")
        .hasMessageContaining("support+*@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void reportsThatRecipientsIsNotSet(String recipients) {
    spec.setRecipients(recipients);
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageStartingWith("recipients is not set: ")
        .hasMessageContaining("support+*@example.com")
        .hasMessageContaining("spelling");
  }

  /** WildFly would end for all applications. */
  @Test
  void acceptsEveryValueWhileWildFlyResumes() {
    spec.setRecipients("support at example.com");
    assertThat(Resuming.<Boolean>call(this::isAccepted)).isTrue();
    assertThat(isAccepted()).isFalse();
  }

  private boolean isAccepted() {
    try {
      spec.validate();
      return true;
    } catch (InvalidPropertyException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void namesTheInvalidConcurrency(int concurrency) {
    spec.setRecipients("*");
    spec.setMaxConcurrency(String.valueOf(concurrency));
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("maxConcurrency: " + concurrency + " is not between 1 and 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtps", "smtp; lmtp", ""})
  void namesTheInvalidListener(String listeners) {
    spec.setRecipients("*");
    spec.setListeners(listeners);
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageMatching(
            "listeners: '(smtps|smtp;|)' is not a listener; allowed are smtp, submission, submissions, lmtp");
  }

  @Test
  void namesTheValueThatIsNotANumber() {
    spec.setRecipients("*");
    spec.setMaxConcurrency("many");
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("maxConcurrency: 'many' is not a whole number between 1 and 1000");
  }

  @Test
  void acceptsOnlyTrueAndFalse() {
    spec.setRecipients("*");
    spec.setTlsRequired("yes");
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("tlsRequired: 'yes' is neither true nor false");
    spec.setTlsRequired("true");
    spec.setAuthenticationRequired("");
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("authenticationRequired: '' is neither true nor false");
  }

  @Test
  void keepsItsDefaultsWhenTheContainerSetsNull() {
    spec.setMaxConcurrency(null);
    spec.setRecipients(null);
    assertThat(spec.getMaxConcurrency()).isEqualTo("8");
    assertThat(spec.getRecipients()).isEmpty();
  }

  @Test
  void belongsToOneResourceAdapter() throws Exception {
    SmtpResourceAdapter adapter = new SmtpResourceAdapter();
    spec.setResourceAdapter(adapter);
    spec.setResourceAdapter(adapter);
    assertThat(spec.getResourceAdapter()).isSameAs(adapter);
    SmtpResourceAdapter another = new SmtpResourceAdapter();
    assertThatThrownBy(() -> spec.setResourceAdapter(another))
        .isInstanceOf(jakarta.resource.spi.IllegalStateException.class);
  }
}
