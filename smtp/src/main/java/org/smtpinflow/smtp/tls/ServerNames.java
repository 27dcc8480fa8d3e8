// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The DNS names that a certificate is for (RFC 6125). */
final class ServerNames {

  /** The type of a DNS name among the alternative names (RFC 5280, section 4.2.1.6). */
  private static final Integer DNS_NAME = 2;

  private ServerNames() {}

  /**
   * Returns the names in lower case, which may begin with a wildcard: the alternative names, or if
   * there are none the common name (RFC 6125, section 6.4.4).
   */
  static Set<String> of(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    for (List<?> name : alternativeNames(certificate)) {
      if (name.get(0).equals(DNS_NAME)) {
        names.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
      }
    }
    if (names.isEmpty()) {
      commonName(certificate, names);
    }
    return Set.copyOf(names);
  }

  /** Says whether one of the names of a certificate is, or stands for, this one. */
  static boolean cover(Set<String> names, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = lower.indexOf('.');
    // A wildcard stands for the leftmost label, and for that alone (RFC 6125, section 6.4.3).
    return names.contains(lower) || (dot > 0 && names.contains("*" + lower.substring(dot)));
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static void commonName(X509Certificate certificate, Set<String> names) {
    try {
      String subject = certificate.getSubjectX500Principal().getName();
      for (Rdn rdn : new LdapName(subject).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String name) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    } catch (InvalidNameException e) {
      // It has no name that a client could ask for.
    }
  }
}
