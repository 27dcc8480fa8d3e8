// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

import jakarta.resource.spi.work.WorkManager;

/** Sets the context class loader of the container's threads, which differs between containers. */
public final class ContextClassLoader {

  private ContextClassLoader() {}

  /**
   * Runs a task that submits a Work, with the work manager's class loader as the context class
   * loader. A container may keep the submitter's: WildFly's threads hold it until their next Work,
   * and would keep an undeployed application in memory.
   */
  public static void runForSubmission(WorkManager workManager, Runnable task) {
    runWith(workManager.getClass().getClassLoader(), task);
  }

  /** Runs a task with a context class loader, and restores the previous one afterwards. */
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
