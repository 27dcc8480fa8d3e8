// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import java.util.Objects;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.ScramFactory;

/** Makes the SCRAM mechanisms for a set of users. */
public final class ScramMechanisms implements ScramFactory {

  private final ScramUsers users;

  private ScramMechanisms(ScramUsers users) {
    this.users = Objects.requireNonNull(users, "users");
  }

  /** Makes a factory. Does not look up any user yet. */
  public static ScramFactory of(ScramUsers users) {
    return new ScramMechanisms(users);
  }

  @Override
  public SaslMechanism unbound(boolean boundIsConfigured) {
    return ScramMechanism.unbound(users, boundIsConfigured);
  }

  @Override
  public SaslMechanism bound() {
    return ScramMechanism.bound(users);
  }
}
