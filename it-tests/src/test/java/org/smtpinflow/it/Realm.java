// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

/** The users that the application server itself knows. */
final class Realm {

  private Realm() {}

  /** Adds a user, or replaces the one of that name. */
  static void add(String user, String password, String groups) {
    Server.underTest().addUser(user, password, groups);
  }
}
