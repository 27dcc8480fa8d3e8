// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl.scram;

import com.ongres.scram.common.util.TlsServerEndpoint;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;

/** The channel binding {@code tls-server-end-point} (RFC 5929, section 4). */
final class ServerEndPoint {

  /** The registered name of this channel binding type. */
  static final String TYPE = TlsServerEndpoint.TLS_SERVER_END_POINT;

  private ServerEndPoint() {}

  /**
   * Returns the hash of the server's certificate. The hash function is that of the certificate's
   * signature, except that SHA-256 replaces MD5 and SHA-1.
   *
   * @return empty if the signature algorithm, such as Ed25519, has no hash function. The binding is
   *     then undefined
   */
  static Optional<byte[]> of(X509Certificate certificate) {
    try {
      String signature = certificate.getSigAlgName();
      if (signature.toUpperCase(Locale.ROOT).contains("WITH")) {
        return Optional.of(TlsServerEndpoint.getChannelBindingData(certificate))
            .filter(hash -> hash.length > 0);
      }
      return signature.equals("RSASSA-PSS") ? Optional.of(ofPss(certificate)) : Optional.empty();
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  // The hash function of RSASSA-PSS is in its parameters, not in its name.
  private static byte[] ofPss(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
    parameters.init(certificate.getSigAlgParams());
    String hash = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    return MessageDigest.getInstance(hash.equals("SHA-1") ? "SHA-256" : hash)
        .digest(certificate.getEncoded());
  }
}
