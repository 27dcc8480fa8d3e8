// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

/** Apache TomEE, whose connector container is Geronimo's. It takes a caller, and forgets it. */
final class TomeeContainer implements Container {

  @Override
  public boolean owns(String className) {
    return className.startsWith("org.apache.geronimo.")
        || className.startsWith("org.apache.openejb.");
  }

  @Override
  public String name() {
    return "TomEE";
  }

  @Override
  public String transactionTimeoutSetting() {
    return "defaultTransactionTimeout of the TransactionManager in tomee.xml";
  }
}
