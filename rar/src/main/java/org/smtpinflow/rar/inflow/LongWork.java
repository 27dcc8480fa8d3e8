// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.inflow;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.smtpinflow.rar.container.ContextClassLoader;

/**
 * A task that runs for as long as the adapter is in use, on a thread of the container. A hint tells
 * the container (Jakarta Connectors 2.1, chapter 11), because it has few threads for short Works.
 */
final class LongWork implements Work, WorkContextProvider {

  private static final long serialVersionUID = 1L;

  /** How long the container may take to find a thread, in milliseconds. */
  private static final long START_TIMEOUT = 30_000;

  private final transient Runnable task;

  private LongWork(Runnable task) {
    this.task = task;
  }

  /**
   * Starts a task, and returns when it has a thread, after 30 s at the latest.
   *
   * @throws RejectedExecutionException if the container has no thread for it
   */
  static void start(WorkManager workManager, Runnable task) {
    LongWork work = new LongWork(task);
    ContextClassLoader.runForSubmission(workManager, () -> work.startOn(workManager));
  }

  private void startOn(WorkManager workManager) {
    try {
      workManager.startWork(this, START_TIMEOUT, null, null);
    } catch (WorkException e) {
      throw new RejectedExecutionException(
          "the application server's work manager had no thread for the adapter within "
              + START_TIMEOUT / 1000
              + " seconds; give the application server more threads",
          e);
    }
  }

  @Override
  public List<WorkContext> getWorkContexts() {
    HintsContext hints = new HintsContext();
    hints.setName("smtp-inflow");
    hints.setHint(HintsContext.NAME_HINT, "smtp-inflow");
    hints.setHint(HintsContext.LONGRUNNING_HINT, true);
    return List.of(hints);
  }

  @Override
  public void run() {
    ContextClassLoader.runWith(LongWork.class.getClassLoader(), task);
  }

  /** {@inheritDoc} The adapter ends its tasks itself when it stops, so this does nothing. */
  @Override
  public void release() {}
}
