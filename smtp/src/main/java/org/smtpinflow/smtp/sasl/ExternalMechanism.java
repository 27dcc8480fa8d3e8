// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.Optional;
import java.util.Set;
import org.smtpinflow.api.Client;

/**
 * EXTERNAL (RFC 4422, appendix A): the client is the subject of the certificate that it presented
 * in the TLS handshake.
 */
final class ExternalMechanism implements SaslMechanism {

  @Override
  public String name() {
    return "EXTERNAL";
  }

  @Override
  public boolean isOfferedOn(SecureChannel channel) {
    return nameOf(channel).isPresent();
  }

  @Override
  public SaslExchange begin(SecureChannel channel) {
    return new InitialResponse(response -> check(channel, response));
  }

  private static SaslOutcome check(SecureChannel channel, byte[] response) {
    try {
      String authzid = StrictUtf8.text(response);
      if (authzid.indexOf('\0') >= 0) { // appendix A.1: UTF8-char-no-nul
        throw new MalformedResponseException("a NUL character");
      }
      return nameOf(channel)
          .filter(name -> AuthorizationIdentity.isOwn(authzid, name))
          .<SaslOutcome>map(name -> new SaslOutcome.Accepted(new Client.Identity(name, Set.of())))
          .orElse(new SaslOutcome.Refused());
    } catch (MalformedResponseException e) {
      return e.outcome();
    }
  }

  private static Optional<String> nameOf(SecureChannel channel) {
    return channel.session().clientCertificate().flatMap(CertificateIdentity::of);
  }
}
