// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

/** The context class loader of a thread of the server, which is a different one on each server. */
final class ContextClassLoader {

  private ContextClassLoader() {}

  /** Runs a task with a context class loader, and puts the former one back. */
  static void runWith(ClassLoader loader, Runnable task) {
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
