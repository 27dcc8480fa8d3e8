// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.work.WorkManager;

/** The context class loader of a thread of the server, which is a different one on each server. */
public final class ContextClassLoader {

  private ContextClassLoader() {}

  /**
   * Runs a task that gives a Work to a work manager. A server may keep the context class loader of
   * whoever does: WildFly's threads remember it until their next Work, however long that takes, and
   * with it an application that has gone. So it is the work manager's own.
   */
  public static void runForSubmission(WorkManager workManager, Runnable task) {
    runWith(workManager.getClass().getClassLoader(), task);
  }

  /** Runs a task with a context class loader, and puts the former one back. */
  public static void runWith(ClassLoader loader, Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      task.run();
    } finally {
      thread.setContextClassLoader(former);
    }
  }
}
