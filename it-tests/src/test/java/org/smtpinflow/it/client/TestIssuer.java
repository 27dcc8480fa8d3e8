// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Issues access tokens (RFC 9068). */
public final class TestIssuer {

  public static final String ISSUER = "https://id.example.org";
  public static final String AUDIENCE = "mx.example.com";

  private final ECKey key;

  public TestIssuer(String keyId) {
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the public keys: a JSON Web Key Set (RFC 7517). */
  public String keys() {
    return new JWKSet(List.of(key.toPublicJWK())).toString();
  }

  /** Issues a token that is good for a while, or was until then. */
  public String token(String user, Duration lifetime, String... groups) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(user)
                .claim("groups", List.of(groups))
                .expirationTime(Date.from(Instant.now().plus(lifetime)))
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
