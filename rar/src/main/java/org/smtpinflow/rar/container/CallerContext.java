// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.work.SecurityContext;
import java.io.IOException;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.smtpinflow.api.Client;

/**
 * Makes the container run a Work as a user who has authenticated to the SMTP server (Jakarta
 * Connectors 2.1, chapter 16). The user is the caller that the beans see, and the user's groups
 * become the caller's roles.
 */
public final class CallerContext extends SecurityContext {

  private static final long serialVersionUID = 1L;

  private final transient Container container;
  private final transient Client.Identity caller;
  private volatile boolean established;

  /** Makes a context for one Work. */
  public CallerContext(Container container, Client.Identity caller) {
    this.container = container;
    this.caller = caller;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the container does not accept the caller; it then does not run
   *     the Work
   */
  @Override
  public void setupSecurityContext(
      CallbackHandler handler, Subject executionSubject, Subject serviceSubject) {
    try {
      container.establishCaller(handler, executionSubject, caller);
    } catch (IOException | UnsupportedCallbackException | LoginException e) {
      throw new IllegalStateException(
          container.name() + " does not accept a caller from the adapter", e);
    }
    established = true;
  }

  /** Returns whether the container has accepted the caller. If not, nothing may run. */
  public boolean isEstablished() {
    return established;
  }
}
