// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

/**
 * The adapter as the descriptor of a module with beans names it.
 *
 * @param onWildFly the archive, or the entry that an administrator has made for it
 * @param onDomain the module as Payara and GlassFish call it; empty for the only one that there is
 */
record AdapterName(String onWildFly, String onDomain) {

  /** Returns the name of the only adapter, in the same application. */
  static AdapterName inSameApplication() {
    return new AdapterName("#" + Archives.ADAPTER, "");
  }

  /** Returns the name of the adapter in an application, in a container that has several. */
  static AdapterName inApplication(String application) {
    return new AdapterName("#" + Archives.ADAPTER, application + "#smtp-inflow");
  }

  /** Returns the name of the adapter that is deployed by itself. */
  static AdapterName deployedByItself() {
    return new AdapterName(Archives.ADAPTER, "smtp-inflow");
  }

  /** Returns the name of the adapter for which WildFly has an entry named smtp. */
  static AdapterName ofEntry() {
    return new AdapterName("smtp", "");
  }
}
