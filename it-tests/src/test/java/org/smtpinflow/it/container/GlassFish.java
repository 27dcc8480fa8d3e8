// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

/** GlassFish. */
public final class GlassFish extends DomainContainer {

  @Override
  public String product() {
    return "glassfish";
  }

  /**
   * GlassFish keeps the class loader of each deployment: its ConnectorApplication stays registered
   * for events.
   */
  @Override
  int keptClassLoaders() {
    return 1000;
  }
}
