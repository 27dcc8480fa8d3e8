// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** OAUTHBEARER (RFC 7628) and its predecessor XOAUTH2. */
final class BearerMechanism implements SaslMechanism {

  private static final Logger LOG = System.getLogger("org.smtpinflow.smtp");

  /** What differs between the two mechanisms. */
  private interface Dialect {

    BearerRequest read(byte[] response) throws MalformedResponseException;

    /** Returns the JSON object that a refused client gets. */
    Map<String, Object> error(boolean understood, OauthConfig config);
  }

  private final String name;
  private final Dialect dialect;
  private final TokenVerifier tokens;

  private BearerMechanism(String name, Dialect dialect, TokenVerifier tokens) {
    this.name = name;
    this.dialect = dialect;
    this.tokens = tokens;
  }

  static BearerMechanism oauthbearer(TokenVerifier tokens) {
    return new BearerMechanism("OAUTHBEARER", new Oauthbearer(), tokens);
  }

  static BearerMechanism xoauth2(TokenVerifier tokens) {
    return new BearerMechanism("XOAUTH2", new Xoauth2(), tokens);
  }

  @Override
  public String name() {
    return name;
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
      return check(dialect.read(response));
    } catch (MalformedResponseException e) {
      return e.outcome();
    } catch (AuthenticationUnavailableException e) {
      LOG.log(Level.DEBUG, "{0}: {1}", name, e.getMessage()); // logged by the keys
      return new SaslOutcome.Unavailable();
    } finally {
      Arrays.fill(response, (byte) 0);
    }
  }

  private SaslOutcome check(BearerRequest request) throws AuthenticationUnavailableException {
    Optional<String> token = request.token();
    if (token.isEmpty()) {
      return refuse(request.isDiscovery());
    }
    Optional<Client.Identity> identity =
        tokens
            .verify(token.get())
            .filter(own -> AuthorizationIdentity.isOwn(request.authzid(), own.name()));
    return identity.isPresent() ? new SaslOutcome.Accepted(identity.get()) : refuse(true);
  }

  // RFC 7628, section 3.2.3
  private SaslOutcome refuse(boolean understood) {
    return new SaslOutcome.LastChallenge(
        new SaslOutcome.Refused(),
        JSONObjectUtils.toJSONString(dialect.error(understood, tokens.config())));
  }

  private static final class Oauthbearer implements Dialect {

    @Override
    public BearerRequest read(byte[] response) throws MalformedResponseException {
      return BearerRequest.oauthbearer(response);
    }

    // Section 3.2.2; the status is one of RFC 6750, section 3.1.
    @Override
    public Map<String, Object> error(boolean understood, OauthConfig config) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("status", understood ? "invalid_token" : "invalid_request");
      if (config.issuer().startsWith("https://")) {
        // OpenID Connect Discovery 1.0, section 4: where a client learns how to get a token.
        String issuer = config.issuer().replaceFirst("/$", "");
        error.put("openid-configuration", issuer + "/.well-known/openid-configuration");
      }
      return error;
    }
  }

  private static final class Xoauth2 implements Dialect {

    @Override
    public BearerRequest read(byte[] response) throws MalformedResponseException {
      return BearerRequest.xoauth2(response);
    }

    @Override
    public Map<String, Object> error(boolean understood, OauthConfig config) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("status", understood ? "401" : "400");
      error.put("schemes", "bearer");
      error.put("scope", "");
      return error;
    }
  }
}
