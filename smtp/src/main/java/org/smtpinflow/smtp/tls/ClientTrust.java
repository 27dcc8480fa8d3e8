// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies client certificates. If they are optional, a handshake with an untrusted certificate
 * succeeds, and the certificate is treated as absent.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager verifier;
  private final boolean required;

  private ClientTrust(X509ExtendedTrustManager verifier, boolean required) {
    this.verifier = verifier;
    this.required = required;
  }

  /**
   * Makes a trust manager.
   *
   * @param issuers the trusted issuers
   * @param required whether a handshake without a trusted certificate fails
   */
  static ClientTrust of(List<X509Certificate> issuers, boolean required)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(keyStore(issuers));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(manager -> new ClientTrust((X509ExtendedTrustManager) manager, required))
        .findFirst()
        .orElseThrow();
  }

  private static KeyStore keyStore(List<X509Certificate> issuers) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate issuer : issuers) {
        store.setCertificateEntry("issuer" + store.size(), issuer);
      }
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * Returns the client certificate of a session; empty if the client presented none, or if it is
   * not trusted now.
   */
  Optional<X509Certificate> verified(SSLSession session) {
    try {
      X509Certificate[] chain =
          Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      verifier.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return Optional.of(chain[0]);
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      return Optional.empty();
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (required) {
      verifier.checkClientTrusted(chain, authType, engine);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return verifier.getAcceptedIssuers();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    verifier.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    verifier.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this trust manager is for servers");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this trust manager is for servers");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this trust manager is for servers");
  }
}
