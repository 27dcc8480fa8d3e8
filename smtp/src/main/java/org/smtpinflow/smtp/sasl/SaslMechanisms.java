// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the mechanisms of a server. */
public final class SaslMechanisms {

  private static final String OAUTH = "oauthIssuer, oauthAudience and oauthJwks to be set";
  private static final String PASSWORDS = "a verifier of passwords";

  /** All mechanisms, the strongest first. */
  private enum Known {
    EXTERNAL("EXTERNAL"),
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
    SCRAM_SHA_256("SCRAM-SHA-256"),
    OAUTHBEARER("OAUTHBEARER"),
    XOAUTH2("XOAUTH2"),
    PLAIN("PLAIN"),
    LOGIN("LOGIN");

    private final String text;

    Known(String text) {
      this.text = text;
    }

    static Optional<Known> named(String name) {
      String capitals = name.strip().toUpperCase(Locale.ROOT);
      return Arrays.stream(values()).filter(known -> known.text.equals(capitals)).findFirst();
    }

    static String names() {
      return Arrays.stream(values()).map(known -> known.text).collect(Collectors.joining(", "));
    }
  }

  private final SaslConfig config;
  private final Set<Known> wanted;

  private SaslMechanisms(SaslConfig config) {
    this.config = config;
    this.wanted = wanted(config.mechanisms());
  }

  /**
   * Makes the mechanisms that are configured. Reads no file and opens no connection yet.
   *
   * @return the mechanisms in the order to announce them in: the strongest first
   * @throws IllegalArgumentException if a name is unknown, or if something that a mechanism needs
   *     is not configured; the message names the property
   */
  public static List<SaslMechanism> of(SaslConfig config) {
    return new SaslMechanisms(config).make();
  }

  private static Set<Known> wanted(List<String> names) {
    Set<Known> wanted = EnumSet.noneOf(Known.class);
    for (String name : names) {
      wanted.add(
          Known.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "authMechanisms: \"" + name + "\" is not one of " + Known.names())));
    }
    return wanted;
  }

  private List<SaslMechanism> make() {
    Optional<TokenVerifier> tokens =
        wanted.contains(Known.OAUTHBEARER) || wanted.contains(Known.XOAUTH2)
            ? config.oauth().map(TokenVerifier::new)
            : Optional.empty();
    List<SaslMechanism> mechanisms = new ArrayList<>();
    for (Known known : wanted) { // in the order of the enum
      mechanisms.add(make(known, tokens));
    }
    return List.copyOf(mechanisms);
  }

  private SaslMechanism make(Known known, Optional<TokenVerifier> tokens) {
    return switch (known) {
      case EXTERNAL -> new ExternalMechanism();
      case SCRAM_SHA_256_PLUS -> scram(known).bound();
      case SCRAM_SHA_256 -> scram(known).unbound(wanted.contains(Known.SCRAM_SHA_256_PLUS));
      case OAUTHBEARER -> BearerMechanism.oauthbearer(needed(known, tokens, OAUTH));
      case XOAUTH2 -> BearerMechanism.xoauth2(needed(known, tokens, OAUTH));
      case PLAIN -> new PlainMechanism(needed(known, config.passwords(), PASSWORDS));
      case LOGIN -> new LoginMechanism(needed(known, config.passwords(), PASSWORDS));
    };
  }

  private ScramFactory scram(Known known) {
    return needed(known, config.scram(), "credentialsFile to be set");
  }

  private static <T> T needed(Known known, Optional<T> value, String what) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("authMechanisms: " + known.text + " needs " + what));
  }
}
