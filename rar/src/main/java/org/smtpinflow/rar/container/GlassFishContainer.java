// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.transaction.TransactionManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.security.auth.Subject;

/**
 * Eclipse GlassFish and Payara.
 *
 * <p>If one resource manager rolls back although the others commit (a heuristic outcome), both
 * report it only in their log: synchronizations get the status committed, and {@code afterDelivery}
 * returns normally. Only the caller of {@code commit} gets an exception. Therefore the adapter
 * commits here, with the transaction manager that both publish in JNDI. When {@code afterDelivery}
 * is called later, the container finds no transaction and does nothing.
 */
final class GlassFishContainer implements Container {

  private static final Logger LOG = System.getLogger(GlassFishContainer.class.getName());

  /** A name that Payara and GlassFish document. */
  private static final String MANAGER = "java:appserver/TransactionManager";

  @Override
  public boolean owns(String className) {
    return className.startsWith("com.sun.enterprise.") || className.startsWith("org.glassfish.");
  }

  @Override
  public String name() {
    return "GlassFish or Payara";
  }

  /** {@inheritDoc} The principals of a subject include {@code Group}s. */
  @Override
  public Set<String> groups(Subject subject) {
    return subject.getPrincipals().stream()
        .filter(principal -> principal.getClass().getSimpleName().equals("Group"))
        .map(principal -> principal.getName())
        .collect(Collectors.toSet());
  }

  /** {@inheritDoc} The name is a constant, so nobody can redirect the lookup. */
  @Override
  @SuppressWarnings("BanJNDI")
  public Optional<TransactionManager> committer() {
    try {
      Object found = InitialContext.doLookup(MANAGER);
      if (found instanceof TransactionManager manager) {
        return Optional.of(manager);
      }
      warn("is a " + found.getClass().getName());
    } catch (NamingException e) {
      warn("cannot be looked up: " + e);
    }
    return Optional.empty();
  }

  private static void warn(String problem) {
    LOG.log(
        Level.WARNING,
        "{0} {1}; the application server commits, and a heuristic outcome may be answered 250",
        MANAGER,
        problem);
  }

  @Override
  public String transactionTimeoutSetting() {
    return "timeout-in-seconds of the transaction service"
        + " (asadmin set server.transaction-service.timeout-in-seconds=)";
  }
}
