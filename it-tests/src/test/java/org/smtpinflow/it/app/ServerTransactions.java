// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.EJBContext;
import jakarta.transaction.TransactionManager;
import java.util.List;

/** The transaction manager, for which no standard has a name. */
public final class ServerTransactions {

  /** WildFly's, that of Payara and GlassFish, and TomEE's. */
  private static final List<String> NAMES =
      List.of(
          "java:jboss/TransactionManager",
          "java:appserver/TransactionManager",
          "java:comp/TransactionManager");

  /** Open Liberty has a class instead. */
  private static final String FACTORY = "com.ibm.tx.jta.TransactionManagerFactory";

  private ServerTransactions() {}

  /** Returns it, by the names that a bean's context knows. */
  public static TransactionManager manager(EJBContext context) {
    for (String name : NAMES) {
      try {
        if (context.lookup(name) instanceof TransactionManager manager) {
          return manager;
        }
      } catch (IllegalArgumentException e) {
        // Another server.
      }
    }
    try {
      return (TransactionManager)
          Class.forName(FACTORY).getMethod("getTransactionManager").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no transaction manager is known here", e);
    }
  }
}
