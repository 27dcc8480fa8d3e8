// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Arrays;
import java.util.Optional;

/**
 * LOGIN (draft-murchison-sasl-login-00): the server asks for the name and then for the password.
 * Obsolete, but some clients support nothing else.
 */
final class LoginMechanism implements SaslMechanism {

  private final PasswordCheck passwords;

  LoginMechanism(PasswordVerifier verifier) {
    this.passwords = new PasswordCheck(verifier);
  }

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return true;
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    return new Exchange();
  }

  private final class Exchange implements SaslExchange {

    private boolean asked;
    private String user = "";

    @Override
    public SaslOutcome next(Optional<byte[]> response) {
      if (response.isEmpty() && !asked) {
        asked = true;
        return new SaslOutcome.Challenge("Username:");
      }
      asked = true;
      byte[] octets = response.orElse(new byte[0]);
      try {
        return user.isEmpty() ? takeUser(octets) : takePassword(octets);
      } catch (MalformedResponseException e) {
        return e.outcome();
      }
    }

    private SaslOutcome takeUser(byte[] octets) throws MalformedResponseException {
      user = StrictUtf8.text(octets);
      if (user.isEmpty()) {
        throw new MalformedResponseException("the user's name is missing");
      }
      return new SaslOutcome.Challenge("Password:");
    }

    private SaslOutcome takePassword(byte[] octets) throws MalformedResponseException {
      try {
        if (octets.length == 0) {
          throw new MalformedResponseException("the password is missing");
        }
        return passwords.check(user, StrictUtf8.chars(octets, 0, octets.length));
      } finally {
        Arrays.fill(octets, (byte) 0);
      }
    }
  }
}
