// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.spi.event.StopSuiteContainers;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;

/**
 * Keeps the container while the JVM runs tests. If tests run in several JVMs, Surefire hands out
 * one class after the other, and Arquillian takes each class for a suite: it would start a
 * container for each. So the first suite does not stop its container, and the others use it.
 */
final class ContainerKeeper {

  private static final AtomicBoolean KEPT = new AtomicBoolean();

  /**
   * Leaves out the stop by the suite that has started the container; the others only disconnect.
   */
  void stop(@Observes EventContext<StopSuiteContainers> event) {
    if (!KEPT.compareAndSet(false, true)) {
      event.proceed();
    }
  }
}
