// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.smtpinflow.smtp.x509.CertificateNames;

/** The DNS names that a server certificate is valid for (RFC 6125). */
final class ServerNames {

  private ServerNames() {}

  /**
   * Returns the names in lower case; a name may start with a wildcard. They are the DNS names among
   * the subject alternative names or, if there are none, the common names (RFC 6125, section
   * 6.4.4).
   */
  static Set<String> of(X509Certificate certificate) {
    List<String> dnsNames = CertificateNames.dnsNames(certificate);
    return (dnsNames.isEmpty() ? CertificateNames.commonNames(certificate) : dnsNames)
        .stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns whether one of a certificate's names matches a host name. */
  static boolean cover(Set<String> names, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    // A wildcard stands for the whole leftmost label and nothing else (RFC 6125, section 6.4.3).
    return names.contains(lower) || (dot > 0 && names.contains("*" + lower.substring(dot)));
  }
}
