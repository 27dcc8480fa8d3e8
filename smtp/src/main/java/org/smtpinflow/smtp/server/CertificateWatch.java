// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.smtpinflow.smtp.tls.ReloadableTls;

/** Checks periodically whether certificates have been replaced. */
final class CertificateWatch {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  private final ReloadableTls tls;
  private final Executor blocking;
  private final AtomicBoolean looking = new AtomicBoolean();

  private CertificateWatch(ReloadableTls tls, Executor blocking) {
    this.tls = tls;
    this.blocking = blocking;
  }

  /**
   * Begins to check; the end of the timer ends the checks.
   *
   * @param timer schedules the checks
   * @param blocking reads the files
   */
  static void begin(ReloadableTls tls, ScheduledExecutorService timer, Executor blocking) {
    CertificateWatch watch = new CertificateWatch(tls, blocking);
    long interval = tls.config().checkInterval().toNanos();
    Future<?> unused =
        timer.scheduleWithFixedDelay(watch::look, interval, interval, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      try {
        blocking.execute(this::check);
      } catch (RejectedExecutionException e) {
        looking.set(false);
        LOG.log(Level.DEBUG, "no thread to look for replaced certificates; later");
      }
    }
  }

  private void check() {
    try {
      tls.check();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "cannot look for replaced certificates", e);
    } finally {
      looking.set(false);
    }
  }
}
