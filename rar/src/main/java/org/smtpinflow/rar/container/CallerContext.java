// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.work.SecurityContext;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import java.io.IOException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.smtpinflow.api.Client;

/**
 * Has the server run a Work as someone who has been authenticated before (Jakarta Connectors 2.1,
 * chapter 16): the caller that the beans see, and the groups that become the caller's roles.
 */
public final class CallerContext extends SecurityContext {

  private static final long serialVersionUID = 1L;

  private final transient Client.Identity caller;
  private volatile boolean established;

  public CallerContext(Client.Identity caller) {
    this.caller = caller;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the server cannot; it then does not run the Work
   */
  @Override
  public void setupSecurityContext(
      CallbackHandler handler, Subject executionSubject, Subject serviceSubject) {
    try {
      if (LibertyLogin.isFor(handler)) {
        LibertyLogin.logIn(executionSubject, caller);
      } else {
        // WildFly hears only the first call, so both go into one.
        handler.handle(callbacks(executionSubject));
      }
    } catch (IOException | UnsupportedCallbackException | LoginException e) {
      throw new IllegalStateException("the server takes no caller from the adapter", e);
    }
    established = true;
  }

  private Callback[] callbacks(Subject subject) {
    return new Callback[] {
      new CallerPrincipalCallback(subject, caller.name()),
      new GroupPrincipalCallback(subject, caller.groups().toArray(String[]::new))
    };
  }

  /** Says whether the server has taken the caller. If it has not, nothing may run. */
  public boolean isEstablished() {
    return established;
  }
}
