// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import java.util.HashSet;
import java.util.Set;
import javax.security.auth.Subject;

/** WildFly, which uses the connector container IronJacamar. */
public final class WildFlyContainer implements Container {

  private static final String SECURITY_IDENTITY =
      "org.wildfly.security.auth.server.SecurityIdentity";

  /** The package from which WildFly activates endpoints while it resumes. */
  private static final String SUSPEND_PACKAGE = "org.jboss.as.server.suspend.";

  WildFlyContainer() {}

  @Override
  public boolean owns(String className) {
    return className.startsWith("org.jboss.");
  }

  @Override
  public String name() {
    return "WildFly";
  }

  /** {@inheritDoc} The subject keeps the identity; the security domain has mapped its roles. */
  @Override
  public Set<String> groups(Subject subject) {
    Set<String> groups = new HashSet<>();
    for (Object credential : subject.getPrivateCredentials()) {
      if (credential.getClass().getName().equals(SECURITY_IDENTITY)) {
        addRoles(credential, groups);
      }
    }
    return groups;
  }

  private static void addRoles(Object identity, Set<String> groups) {
    try {
      Object roles = identity.getClass().getMethod("getRoles").invoke(identity);
      ((Iterable<?>) roles).forEach(role -> groups.add((String) role));
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException("WildFly's security identity has no roles", e);
    }
  }

  /** {@inheritDoc} WildFly may have mapped the caller's groups to other roles. */
  @Override
  public boolean checksRoles() {
    return true;
  }

  /**
   * Returns whether WildFly is activating the endpoints of all applications on the calling thread,
   * as it does at the end of a start, a reload or a suspension. An exception then stops WildFly as
   * a whole (WFLYSRV0056, seen on WildFly 39), whereas during a deployment only the deployment
   * fails. Always false in other containers.
   */
  public static boolean resumes() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(f -> f.getClassName().startsWith(SUSPEND_PACKAGE)));
  }

  @Override
  public String transactionTimeoutSetting() {
    return "default-timeout of /subsystem=transactions, or @TransactionTimeout on the bean";
  }
}
