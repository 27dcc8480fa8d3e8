// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.smtpinflow.api.Client;

/** TLS channels of clients. */
public final class TestChannel {

  private TestChannel() {}

  public static SecureChannel plain() {
    return channel(Optional.empty(), Optional.empty());
  }

  public static SecureChannel ofClient(X509Certificate certificate) {
    return channel(Optional.of(certificate), Optional.empty());
  }

  public static SecureChannel ofServer(X509Certificate certificate) {
    return channel(Optional.empty(), Optional.of(certificate));
  }

  private static SecureChannel channel(
      Optional<X509Certificate> client, Optional<X509Certificate> server) {
    return new SecureChannel(
        new Client.TlsSession("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty(), client),
        server);
  }
}
