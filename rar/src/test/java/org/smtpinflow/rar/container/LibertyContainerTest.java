// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;

class LibertyContainerTest {

  /** Such a name could identify any user of any realm. */
  @Test
  void aNameCannotBeAnAccessIdOfLiberty() {
    Subject subject = new Subject();
    assertThatThrownBy(
            () ->
                new LibertyContainer()
                    .establishCaller(
                        callbacks -> {},
                        subject,
                        new Client.Identity("user:defaultRealm/admin", Set.of())))
        .isInstanceOf(LoginException.class)
        .hasMessage("the name begins with user:, which Liberty reserves");
    assertThat(subject.getPrivateCredentials()).isEmpty();
  }
}
