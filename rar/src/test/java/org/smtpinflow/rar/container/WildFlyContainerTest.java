// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.as.server.suspend.Resuming;
import org.junit.jupiter.api.Test;

class WildFlyContainerTest {

  @Test
  void detectsOnTheStackThatWildFlyResumes() {
    assertThat(WildFlyContainer.resumes()).isFalse();
    assertThat(Resuming.<Boolean>call(WildFlyContainer::resumes)).isTrue();
  }
}
