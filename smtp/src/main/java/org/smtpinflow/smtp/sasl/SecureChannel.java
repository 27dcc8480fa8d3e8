// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import org.smtpinflow.api.Client;

/**
 * The TLS channel of a client.
 *
 * @param session the facts that the application may see
 * @param serverCertificate the certificate that the server presented, for the channel binding
 *     {@code tls-server-end-point} (RFC 5929, section 4); empty in a resumed session whose
 *     certificate is no longer known
 */
public record SecureChannel(
    Client.TlsSession session, Optional<X509Certificate> serverCertificate) {

  /** No argument may be null. */
  public SecureChannel {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(serverCertificate, "serverCertificate");
  }
}
