// SPDX-License-Identifier: Apache-2.0
package org.jboss.as.server.suspend;

import java.util.function.Supplier;

/** Stands where WildFly calls from when it resumes. */
public final class Resuming {

  private Resuming() {}

  /** Calls as WildFly does. */
  public static <T> T call(Supplier<T> what) {
    return what.get();
  }
}
