// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import org.jboss.as.server.suspend.Resuming;
import org.junit.jupiter.api.Test;
import org.smtpinflow.rar.inflow.TestBean;

class SmtpResourceAdapterTest {

  private final SmtpResourceAdapter notStarted = new SmtpResourceAdapter();

  @Test
  void failureOfAnActivationFailsADeploymentButNotTheWholeContainer() {
    MailActivationSpec spec = new MailActivationSpec();
    spec.setRecipients("support@example.com");
    assertThatThrownBy(() -> notStarted.endpointActivation(new TestBean(mail -> {}), spec))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("has not been started");
    assertThat(Resuming.<Boolean>call(() -> activate(spec))).isTrue();
  }

  private boolean activate(MailActivationSpec spec) {
    try {
      notStarted.endpointActivation(new TestBean(mail -> {}), spec);
      return true;
    } catch (ResourceException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noValueOfABeanStopsTheContainerWhileItResumes() {
    MailActivationSpec spec = new MailActivationSpec();
    spec.setRecipients("not a pattern");
    assertThat(Resuming.<Boolean>call(() -> activate(spec))).isTrue();
    spec.setRecipients("*");
    spec.setMaxConcurrency("many");
    assertThat(Resuming.<Boolean>call(() -> activate(spec))).isTrue();
  }
}
