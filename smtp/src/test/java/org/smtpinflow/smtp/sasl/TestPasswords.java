// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.smtpinflow.api.Client;

/** Knows a few users, and keeps the arrays that it was given. */
public final class TestPasswords implements PasswordVerifier {

  private final Map<String, String> users;
  final List<char[]> shown = new ArrayList<>();
  final List<String> asked = new ArrayList<>();

  TestPasswords(Map<String, String> users) {
    this.users = users;
  }

  @Override
  public Optional<Client.Identity> verify(String user, char[] password) {
    shown.add(password);
    asked.add(user);
    return new String(password).equals(users.get(user))
        ? Optional.of(new Client.Identity(user, Set.of("agent")))
        : Optional.empty();
  }
}
