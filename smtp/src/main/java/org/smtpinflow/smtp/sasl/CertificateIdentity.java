// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whom a client's certificate names: the mail address in its subject alternative names (rfc822Name,
 * RFC 5280, section 4.2.1.6) if there is exactly one, else the common name of its subject if there
 * is exactly one. A certificate that leaves a choice names nobody.
 */
final class CertificateIdentity {

  private static final int RFC822_NAME = 1; // GeneralName's tag, RFC 5280, section 4.2.1.6

  private CertificateIdentity() {}

  /** Returns the name, prepared; empty if the certificate names nobody or in a way not allowed. */
  static Optional<String> of(X509Certificate certificate) {
    return only(mailAddresses(certificate))
        .or(() -> only(commonNames(certificate)))
        .flatMap(SaslPrep::ofName);
  }

  private static Optional<String> only(List<String> names) {
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }

  private static List<String> mailAddresses(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(RFC822_NAME))
              .map(name -> (String) name.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static List<String> commonNames(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream().flatMap(CertificateIdentity::commonNames).toList();
    } catch (InvalidNameException e) {
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
