// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.smtp.x509.CertificateNames;

/**
 * The user that a client certificate identifies: the mail address in its subject alternative names
 * (rfc822Name, RFC 5280, section 4.2.1.6) if there is exactly one, otherwise the common name of its
 * subject if there is exactly one. An ambiguous certificate identifies nobody.
 */
final class CertificateIdentity {

  private CertificateIdentity() {}

  /**
   * Returns the prepared user name; empty if the certificate identifies nobody, or if SASLprep does
   * not allow the name.
   */
  static Optional<String> of(X509Certificate certificate) {
    return only(CertificateNames.mailAddresses(certificate))
        .or(() -> only(CertificateNames.commonNames(certificate)))
        .flatMap(SaslPrep::ofName);
  }

  private static Optional<String> only(List<String> names) {
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }
}
