// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Issues tokens. */
final class TestIssuer {

  static final String ISSUER = "https://id.example.org/";
  static final String AUDIENCE = "mx.example.org";

  private final RSAKey rsa;
  private final ECKey ec;

  TestIssuer(String id) throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID(id + "-rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID(id + "-ec").generate();
  }

  String keys() {
    return new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString();
  }

  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("other", AUDIENCE))
        .subject("demo")
        .claim("groups", List.of("agent", "admin"))
        .expirationTime(inSeconds(300));
  }

  static Date inSeconds(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  String rsa(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.RS256, rsa.getKeyID(), "at+jwt", new RSASSASigner(rsa), claims);
  }

  String ec(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.ES256, ec.getKeyID(), "JWT", new ECDSASigner(ec), claims);
  }

  String typed(String type, JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.RS256, rsa.getKeyID(), type, new RSASSASigner(rsa), claims);
  }

  /** The classic attack: the public key, which everyone knows, used as a shared key. */
  String signedWithThePublicKey(JWTClaimsSet claims) throws Exception {
    byte[] shared = rsa.toRSAPublicKey().getEncoded();
    return sign(JWSAlgorithm.HS256, rsa.getKeyID(), "JWT", new MACSigner(shared), claims);
  }

  static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  private static String sign(
      JWSAlgorithm algorithm, String id, String type, JWSSigner signer, JWTClaimsSet claims)
      throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(id).type(new JOSEObjectType(type)).build(),
            claims);
    token.sign(signer);
    return token.serialize();
  }
}
