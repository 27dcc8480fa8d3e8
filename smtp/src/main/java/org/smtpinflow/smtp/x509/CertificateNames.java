// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names in a certificate, as the certificate spells them. Names that cannot be parsed are left
 * out.
 */
public final class CertificateNames {

  /** GeneralName's tags (RFC 5280, section 4.2.1.6). */
  private static final int RFC822_NAME = 1;

  private static final int DNS_NAME = 2;

  private CertificateNames() {}

  /** Returns the mail addresses among the subject alternative names. */
  public static List<String> mailAddresses(X509Certificate certificate) {
    return alternativeNames(certificate, RFC822_NAME);
  }

  /** Returns the DNS names among the subject alternative names. */
  public static List<String> dnsNames(X509Certificate certificate) {
    return alternativeNames(certificate, DNS_NAME);
  }

  /** Returns all common names of the subject, including those in multi-valued RDNs. */
  public static List<String> commonNames(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream().flatMap(CertificateNames::commonNames).toList();
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  private static List<String> alternativeNames(X509Certificate certificate, int tag) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(tag))
              .map(name -> (String) name.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static Stream<String> commonNames(Rdn rdn) {
    try {
      Attribute names = rdn.toAttributes().get("CN");
      if (names == null) {
        return Stream.empty();
      }
      Stream.Builder<String> texts = Stream.builder();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i) instanceof String text) {
          texts.add(text);
        }
      }
      return texts.build();
    } catch (NamingException e) {
      return Stream.empty();
    }
  }
}
