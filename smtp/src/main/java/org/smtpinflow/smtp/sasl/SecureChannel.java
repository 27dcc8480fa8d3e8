// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.api.Client;

/**
 * The TLS channel that a client came through.
 *
 * @param session what everybody may know of it
 * @param serverCertificate the certificate that the server showed, to which a client can bind its
 *     authentication ({@code tls-server-end-point}, RFC 5929, section 4); empty in a resumed
 *     session of which nobody knows it any more
 */
public record SecureChannel(
    Client.TlsSession session, Optional<X509Certificate> serverCertificate) {

  /** No argument may be null. */
  public SecureChannel {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(serverCertificate, "serverCertificate");
  }
}
