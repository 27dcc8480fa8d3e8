// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.BootstrapContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The transactions of the server, as a delivery needs them. The server begins them, and on most
 * servers it also commits them.
 *
 * <p>Payara and GlassFish tell nobody but their log of a heuristic outcome: of one resource manager
 * that rolled back though the others committed. Synchronizations hear that the transaction was
 * committed, and {@code afterDelivery} returns. Whoever commits hears the truth, so there the
 * adapter commits, by the transaction manager that these two publish in JNDI. A container of theirs
 * does nothing more about a transaction that has ended when {@code afterDelivery} is called.
 */
public final class Transactions {

  private static final Logger LOG = System.getLogger(Transactions.class.getName());

  /** A documented name of Payara and GlassFish, which no other server has. */
  private static final String MANAGER = "java:appserver/TransactionManager";

  private final TransactionSynchronizationRegistry registry;
  private final Optional<TransactionManager> manager;

  /**
   * Makes them.
   *
   * @param manager empty if the server can be left to commit
   */
  public Transactions(
      TransactionSynchronizationRegistry registry, Optional<TransactionManager> manager) {
    this.registry = registry;
    this.manager = manager;
  }

  /** Finds the transactions of the server that starts the adapter. */
  public static Transactions of(BootstrapContext context) {
    return new Transactions(context.getTransactionSynchronizationRegistry(), manager());
  }

  /** The name is a constant, within the server: nobody can have it lead elsewhere. */
  @SuppressWarnings("BanJNDI")
  private static Optional<TransactionManager> manager() {
    Object found;
    try {
      found = InitialContext.doLookup(MANAGER);
    } catch (NamingException e) {
      LOG.log(Level.DEBUG, "the server commits: it has no {0} ({1})", MANAGER, e);
      return Optional.empty();
    }
    if (found instanceof TransactionManager manager) {
      LOG.log(Level.DEBUG, "the adapter commits, by {0}", MANAGER);
      return Optional.of(manager);
    }
    LOG.log(
        Level.WARNING,
        "{0} is a {1}, and no transaction manager: the server commits, and may not tell of a"
            + " heuristic outcome",
        MANAGER,
        found.getClass().getName());
    return Optional.empty();
  }

  /** Has somebody told how the transaction of the calling thread ends. */
  public void register(Synchronization synchronization) {
    registry.registerInterposedSynchronization(synchronization);
  }

  public boolean isActive() {
    return registry.getTransactionStatus() == Status.STATUS_ACTIVE;
  }

  /** Has the transaction of the calling thread rolled back, if it is still active. */
  public void markForRollback() {
    if (isActive()) {
      registry.setRollbackOnly();
    }
  }

  /**
   * Commits the transaction of the calling thread, if it is still active, and if the server would
   * not tell how its own commit went; leaves it to the server otherwise.
   *
   * @throws RollbackException if it was rolled back
   * @throws HeuristicMixedException if a part of it was
   * @throws HeuristicRollbackException if all of it was, by the resource managers
   * @throws SystemException if nobody knows
   */
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    if (manager.isPresent() && isActive()) {
      manager.get().commit();
    }
  }
}
