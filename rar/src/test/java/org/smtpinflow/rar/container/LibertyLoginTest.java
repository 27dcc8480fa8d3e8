// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.Client;

class LibertyLoginTest {

  /** Such a name would be that of anybody whom it names, in any realm. */
  @Test
  void aNameCannotBeAnAccessIdOfTheServer() {
    Subject subject = new Subject();
    assertThatThrownBy(
            () ->
                LibertyLogin.logIn(
                    subject, new Client.Identity("user:defaultRealm/admin", Set.of())))
        .isInstanceOf(LoginException.class)
        .hasMessage("a name that begins with user: is one of the server's");
    assertThat(subject.getPrivateCredentials()).isEmpty();
  }
}
