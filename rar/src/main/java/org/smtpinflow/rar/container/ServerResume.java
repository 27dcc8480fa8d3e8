// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

/**
 * The moment in which WildFly activates the endpoints of all applications: at the end of its start,
 * of a reload and of a suspension. An exception of ours would end the whole server there, for all
 * its applications (WFLYSRV0056, seen on WildFly 39), where it fails a deployment otherwise.
 */
public final class ServerResume {

  private static final String RESUMING = "org.jboss.as.server.suspend.";

  private ServerResume() {}

  /** Says whether the calling thread is in that moment. Always false on other servers. */
  public static boolean isUnderWay() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(f -> f.getClassName().startsWith(RESUMING)));
  }
}
