// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.tls.TlsConfig.ClientCertificates;

/**
 * The certificates, the trusted issuers of client certificates, and the resumable sessions of a
 * server, for one state of its files. Sessions of another context cannot be resumed.
 */
public final class TlsContext {

  /** TLS 1.0 and 1.1 must not be used (RFC 8996). */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * The "intermediate" suites of Mozilla's Server Side TLS, version 5.7, in their order, without
   * those for finite-field Diffie-Hellman; see {@link NoFiniteFieldGroups}.
   *
   * @see <a href="https://wiki.mozilla.org/Security/Server_Side_TLS">Server Side TLS</a>
   */
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** A suite that is only a signal and cannot be negotiated (RFC 5746, section 3.3). */
  private static final String[] NO_SUITE = {"TLS_EMPTY_RENEGOTIATION_INFO_SCSV"};

  /** How long a session can be resumed. */
  private static final int RESUMPTION_SECONDS = 3600;

  /** Sessions that are cached for clients without support for tickets (RFC 5077). */
  private static final int SESSIONS_KEPT = 4096;

  private final SSLContext context;
  private final SSLParameters parameters;
  private final List<KeyEntry> credentials;
  private final Optional<ClientTrust> clientTrust;

  private TlsContext(
      ClientCertificates clientCertificates,
      List<KeyEntry> credentials,
      Optional<ClientTrust> clientTrust)
      throws GeneralSecurityException {
    this.credentials = credentials;
    this.clientTrust = clientTrust;
    this.context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new ServerKeyManager(credentials)},
        clientTrust.stream().toArray(TrustManager[]::new),
        null);
    context.getServerSessionContext().setSessionTimeout(RESUMPTION_SECONDS);
    context.getServerSessionContext().setSessionCacheSize(SESSIONS_KEPT);
    Set<String> supported = Set.of(context.getSupportedSSLParameters().getCipherSuites());
    this.parameters =
        new SSLParameters(
            SUITES.stream().filter(supported::contains).toArray(String[]::new), PROTOCOLS);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setAlgorithmConstraints(new NoFiniteFieldGroups());
    switch (clientCertificates) {
      case REQUIRED -> parameters.setNeedClientAuth(true);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case NONE -> parameters.setWantClientAuth(false);
    }
  }

  /** Makes a context from the contents of the files. */
  static TlsContext of(TlsConfig config, FileContents contents) throws TlsConfigurationException {
    List<KeyEntry> credentials = new ArrayList<>();
    for (KeySource source : config.keys()) {
      credentials.addAll(KeyLoader.read(source, contents));
    }
    try {
      return new TlsContext(
          config.clientCertificates(), List.copyOf(credentials), clientTrust(config, contents));
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static Optional<ClientTrust> clientTrust(TlsConfig config, FileContents contents)
      throws TlsConfigurationException, GeneralSecurityException {
    if (config.clientCertificates() == ClientCertificates.NONE) {
      return Optional.empty();
    }
    Path file = config.trustFile().orElseThrow();
    return Optional.of(
        ClientTrust.of(
            KeyLoader.trusted(file, contents.of(file)),
            config.clientCertificates() == ClientCertificates.REQUIRED));
  }

  /** Makes the engine of one session. */
  public SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Disables renegotiation, after the handshake. TLS 1.3 has none (RFC 8446, section 4.1.2). In TLS
   * 1.2 this leaves no cipher suite to agree on.
   */
  public static void forbidRenegotiation(SSLEngine engine) {
    if (engine.getSession().getProtocol().equals("TLSv1.2")) {
      engine.setEnabledCipherSuites(NO_SUITE);
    }
  }

  /** Returns the facts about the session of an engine of this context. */
  public Client.TlsSession session(SSLEngine engine) {
    SSLSession session = engine.getSession();
    return new Client.TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        clientTrust.flatMap(trust -> trust.verified(session)));
  }

  /** Returns the server name that the client requests (RFC 6066, section 3). */
  static Optional<String> serverName(SSLSession session) {
    if (!(session instanceof ExtendedSSLSession extended)) {
      return Optional.empty();
    }
    return extended.getRequestedServerNames().stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName())
        .findFirst();
  }

  /**
   * Returns the certificate that the server presented in the session of an engine; empty if the
   * session was resumed and its certificate is no longer known.
   */
  public Optional<X509Certificate> serverCertificate(SSLEngine engine) {
    Certificate[] shown = engine.getSession().getLocalCertificates();
    if (shown != null) {
      return Optional.of((X509Certificate) shown[0]);
    }
    return credentials.size() == 1
        ? Optional.of(credentials.get(0).certificate())
        : Optional.empty();
  }

  /** Returns the certificates of the server. */
  List<X509Certificate> certificates() {
    return credentials.stream().map(KeyEntry::certificate).toList();
  }

  /** Returns the earliest expiry of the certificates. */
  Instant expires() {
    return certificates().stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
