// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import static org.smtpinflow.rar.settings.PropertyValues.between;
import static org.smtpinflow.rar.settings.PropertyValues.flag;

import jakarta.resource.spi.InvalidPropertyException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.sasl.OauthConfig;
import org.smtpinflow.smtp.sasl.PasswordVerifier;
import org.smtpinflow.smtp.sasl.SaslConfig;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SaslMechanisms;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFile;
import org.smtpinflow.smtp.sasl.credentials.CredentialsFileVerifier;
import org.smtpinflow.smtp.sasl.scram.ScramMechanisms;
import org.smtpinflow.smtp.server.ServerConfig.Throttle;

/**
 * The checked authentication properties.
 *
 * @param mechanisms the mechanisms that are offered inside TLS
 * @param onSmtp whether the smtp and lmtp listeners offer them as well
 * @param senderMustMatch whether the reverse-path must be the user's own
 * @param maxFailuresPerSession failed attempts after which a session ends
 * @param maxFailuresPerClient failed attempts within ten minutes after which a client address is
 *     cut off
 */
record AuthenticationSettings(
    List<SaslMechanism> mechanisms,
    boolean onSmtp,
    boolean senderMustMatch,
    int maxFailuresPerSession,
    int maxFailuresPerClient) {

  private static final String REALM = "realm";
  private static final String CREDENTIALS_FILE = "credentialsFile";

  /**
   * Checks the properties.
   *
   * @param realm checks passwords in the container's realm
   * @throws InvalidPropertyException if a value is not allowed; the message names the property, the
   *     value and what is allowed
   */
  static AuthenticationSettings of(AuthenticationProperties properties, PasswordVerifier realm)
      throws InvalidPropertyException {
    return new AuthenticationSettings(
        mechanisms(properties, realm),
        flag("authOnSmtp", properties.getAuthOnSmtp()),
        flag("senderMustMatch", properties.getSenderMustMatch()),
        between("maxAuthFailuresPerSession", properties.getMaxAuthFailuresPerSession(), 1, 100),
        between("maxAuthFailuresPerClient", properties.getMaxAuthFailuresPerClient(), 1, 100_000));
  }

  private static List<SaslMechanism> mechanisms(
      AuthenticationProperties properties, PasswordVerifier realm) throws InvalidPropertyException {
    List<String> names =
        Arrays.stream(properties.getAuthMechanisms().split("[\\s,]+"))
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.stream().anyMatch("EXTERNAL"::equalsIgnoreCase)
        && properties.getTlsClientCertificates().strip().equalsIgnoreCase("none")) {
      throw new InvalidPropertyException(
          "authMechanisms: EXTERNAL needs tlsClientCertificates to be optional or required");
    }
    Optional<CredentialsFile> credentials =
        TlsSettings.file(CREDENTIALS_FILE, properties.getCredentialsFile())
            .map(CredentialsFile::at);
    PasswordVerifier passwords = passwords(properties, realm, credentials);
    try {
      return SaslMechanisms.of(
          new SaslConfig(
              names,
              Optional.of(passwords),
              credentials.map(ScramMechanisms::of),
              oauth(properties)));
    } catch (IllegalArgumentException e) {
      throw new InvalidPropertyException(e.getMessage(), e);
    }
  }

  private static PasswordVerifier passwords(
      AuthenticationProperties properties,
      PasswordVerifier realm,
      Optional<CredentialsFile> credentials)
      throws InvalidPropertyException {
    String source = properties.getPasswordSource().strip();
    if (source.equals(REALM)) {
      return realm;
    }
    if (!source.equals(CREDENTIALS_FILE)) {
      throw new InvalidPropertyException(
          "passwordSource: '" + source + "' is not " + REALM + " or " + CREDENTIALS_FILE);
    }
    return new CredentialsFileVerifier(
        credentials.orElseThrow(
            () ->
                new InvalidPropertyException(
                    "passwordSource: credentialsFile needs the property credentialsFile to be"
                        + " set")));
  }

  private static Optional<OauthConfig> oauth(AuthenticationProperties properties)
      throws InvalidPropertyException {
    String jwks = properties.getOauthJwks().strip();
    if (jwks.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new OauthConfig(
              properties.getOauthIssuer().strip(),
              properties.getOauthAudience().strip(),
              URI.create(jwks),
              properties.getOauthNameClaim().strip(),
              properties.getOauthGroupsClaim().strip()));
    } catch (IllegalArgumentException e) {
      throw new InvalidPropertyException(e.getMessage(), e);
    }
  }

  /** Returns the configuration that throttles failed authentication. */
  Throttle throttle() {
    Throttle defaults = Throttle.defaults();
    return new Throttle(defaults.failureDelay(), maxFailuresPerClient, defaults.window());
  }

  /** Returns the authentication of a listener for submission, which demands it. */
  Authentication forSubmission() {
    return new Authentication(mechanisms, true, maxFailuresPerSession, senderMustMatch);
  }

  /** Returns the authentication of a listener for other mail, which at most offers it. */
  Authentication forOtherMail() {
    return onSmtp
        ? new Authentication(mechanisms, false, maxFailuresPerSession, senderMustMatch)
        : Authentication.none();
  }
}
