// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Arrays;

/** PLAIN (RFC 4616): name and password in one response. */
final class PlainMechanism implements SaslMechanism {

  private final PasswordCheck passwords;

  PlainMechanism(PasswordVerifier verifier) {
    this.passwords = new PasswordCheck(verifier);
  }

  @Override
  public String name() {
    return "PLAIN";
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return true;
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    return new InitialResponse(this::check);
  }

  private SaslOutcome check(byte[] response) {
    try {
      int first = indexOfNul(response, 0);
      int second = first < 0 ? -1 : indexOfNul(response, first + 1);
      if (second < 0) {
        throw new MalformedResponseException("fewer than two NUL characters");
      }
      String authzid = new String(StrictUtf8.chars(response, 0, first));
      String authcid = new String(StrictUtf8.chars(response, first + 1, second));
      if (authcid.isEmpty()) {
        throw new MalformedResponseException("the user's name is missing");
      }
      if (indexOfNul(response, second + 1) >= 0) {
        throw new MalformedResponseException("more than two NUL characters");
      }
      char[] password = StrictUtf8.chars(response, second + 1, response.length);
      return check(authzid, authcid, password);
    } catch (MalformedResponseException e) {
      return e.outcome();
    } finally {
      Arrays.fill(response, (byte) 0);
    }
  }

  private SaslOutcome check(String authzid, String authcid, char[] password)
      throws MalformedResponseException {
    try {
      if (password.length == 0) {
        throw new MalformedResponseException("the password is missing");
      }
      if (!AuthorizationIdentity.isOwn(authzid, authcid)) {
        return new SaslOutcome.Refused(); // no user may act as another
      }
      return passwords.check(authcid, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static int indexOfNul(byte[] response, int from) {
    for (int i = from; i < response.length; i++) {
      if (response[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
