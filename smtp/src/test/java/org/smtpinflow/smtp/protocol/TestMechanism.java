// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.sasl.SaslExchange;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslOutcome;
import org.smtpinflow.smtp.sasl.SecureChannel;

/**
 * Mechanisms that do nothing but what a test of the protocol needs. There is one user, {@code demo}
 * with the password {@code secret}; about the user {@code down} nobody can be asked.
 */
record TestMechanism(
    String name, Predicate<SecureChannel> offered, Supplier<SaslExchange> exchanges)
    implements SaslMechanism {

  /** Takes a user and a password at once. */
  static final SaslMechanism PLAIN =
      new TestMechanism("PLAIN", channel -> true, () -> TestMechanism::plain);

  /** Asks for them one after the other. */
  static final SaslMechanism LOGIN = new TestMechanism("LOGIN", channel -> true, Login::new);

  /** Takes the client's certificate, which no client in these tests has. */
  static final SaslMechanism EXTERNAL =
      new TestMechanism(
          "EXTERNAL",
          channel -> channel.session().clientCertificate().isPresent(),
          () -> response -> new SaslOutcome.Refused());

  /** Takes a user and a password at once, and sends the verdict in a challenge. */
  static final SaslMechanism TELLING =
      new TestMechanism("TELLING", channel -> true, () -> TestMechanism::telling);

  static Authentication authentication() {
    return new Authentication(List.of(PLAIN, LOGIN, EXTERNAL), false, 3, false);
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return offered.test(channel);
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    return exchanges.get();
  }

  private static SaslOutcome plain(Optional<byte[]> response) {
    if (response.isEmpty()) {
      return new SaslOutcome.Challenge("");
    }
    String[] parts = text(response.get()).split("\0", -1);
    return parts.length == 3
        ? check(parts[1], parts[2])
        : new SaslOutcome.Malformed("Response of PLAIN has not three parts");
  }

  private static SaslOutcome telling(Optional<byte[]> response) {
    SaslOutcome outcome = plain(response);
    return outcome instanceof SaslOutcome.Verdict verdict
        ? new SaslOutcome.LastChallenge(
            verdict, verdict instanceof SaslOutcome.Refused ? "refused" : "accepted")
        : outcome;
  }

  private static SaslOutcome check(String user, String password) {
    if (user.equals("down")) {
      return new SaslOutcome.Unavailable();
    }
    return user.equals("demo") && password.equals("secret")
        ? new SaslOutcome.Accepted(new Client.Identity("demo", Set.of("agent")))
        : new SaslOutcome.Refused();
  }

  private static String text(byte[] response) {
    return new String(response, StandardCharsets.UTF_8);
  }

  private static final class Login implements SaslExchange {

    private Optional<String> user = Optional.empty();

    @Override
    public SaslOutcome next(Optional<byte[]> response) {
      if (response.isEmpty()) {
        return new SaslOutcome.Challenge("Username:");
      }
      if (user.isEmpty()) {
        user = response.map(TestMechanism::text);
        return new SaslOutcome.Challenge("Password:");
      }
      return check(user.get(), text(response.get()));
    }
  }
}
