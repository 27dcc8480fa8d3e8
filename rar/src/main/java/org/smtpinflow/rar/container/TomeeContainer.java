// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

/**
 * Apache TomEE, which uses the connector container of Geronimo. It accepts a caller and ignores it.
 */
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
