// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

/** Payara. */
public final class Payara extends DomainContainer {

  @Override
  public String product() {
    return "payara";
  }

  /** Threads of a pool keep the class loader of the deployment that needed them. */
  @Override
  int keptClassLoaders() {
    return 5;
  }
}
