// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.container;

/** An unknown container, which is assumed to follow the specification. */
final class StandardContainer implements Container {

  @Override
  public boolean owns(String className) {
    return true;
  }

  @Override
  public String name() {
    return "an unknown application server";
  }
}
