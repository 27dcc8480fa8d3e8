// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.smtpinflow.api.Client;

/** Verifies bearer tokens (RFC 6750) that are JWTs (RFC 7519). */
final class TokenVerifier {

  /**
   * The accepted algorithms. Algorithms with shared keys, and unsigned tokens, are not accepted:
   * the token must not choose how it is verified (RFC 8725, section 3.1).
   */
  private static final Set<JWSAlgorithm> ASYMMETRIC =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int MAX_CLOCK_SKEW_SECONDS = 30;

  private final OauthConfig config;
  private final JsonWebKeys keys;
  private final ConfigurableJWTProcessor<SecurityContext> processor;

  TokenVerifier(OauthConfig config) {
    this.config = config;
    this.keys = new JsonWebKeys(config.jwks());
    this.processor = processor(config, keys);
  }

  private static ConfigurableJWTProcessor<SecurityContext> processor(
      OauthConfig config, JsonWebKeys keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ASYMMETRIC, keys.source()));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068, section 2.1
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            config.audience(),
            new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
            Set.of("exp", config.nameClaim()));
    claims.setMaxClockSkew(MAX_CLOCK_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }

  OauthConfig config() {
    return config;
  }

  /**
   * Verifies a token. May fetch keys and so may block.
   *
   * @return the identity of the user; empty if the token is invalid
   * @throws AuthenticationUnavailableException if the keys cannot be fetched; the reason has been
   *     logged
   */
  Optional<Client.Identity> verify(String token) throws AuthenticationUnavailableException {
    try {
      return identity(processor.process(token, null));
    } catch (RateLimitReachedException e) {
      // The token names a key that is not in the set, which was fetched a moment ago.
      if (keys.areReachable()) {
        return Optional.empty();
      }
      throw unavailable(e);
    } catch (KeySourceException e) {
      throw unavailable(e);
    } catch (BadJOSEException | JOSEException | ParseException e) {
      return Optional.empty();
    }
  }

  private AuthenticationUnavailableException unavailable(KeySourceException e) {
    return new AuthenticationUnavailableException(
        "The keys of " + config.issuer() + " cannot be fetched from " + config.jwks(), e);
  }

  private Optional<Client.Identity> identity(JWTClaimsSet claims) {
    return claims.getClaim(config.nameClaim()) instanceof String name
        ? SaslPrep.ofName(name).map(prepared -> new Client.Identity(prepared, groups(claims)))
        : Optional.empty();
  }

  private Set<String> groups(JWTClaimsSet claims) {
    Object groups = claims.getClaim(config.groupsClaim());
    if (groups instanceof String text) {
      return Arrays.stream(text.split(" "))
          .filter(group -> !group.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    }
    return groups instanceof List<?> list
        ? list.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }
}
