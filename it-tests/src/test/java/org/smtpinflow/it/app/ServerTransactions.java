// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.transaction.TransactionManager;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

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

  /** Returns it. The names are those above, and nothing of a mail. */
  @SuppressWarnings("BanJNDI")
  public static TransactionManager manager() {
    for (String name : NAMES) {
      try {
        if (InitialContext.<Object>doLookup(name) instanceof TransactionManager manager) {
          return manager;
        }
      } catch (NamingException e) {
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
