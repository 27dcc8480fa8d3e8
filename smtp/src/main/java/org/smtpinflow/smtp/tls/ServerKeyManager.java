// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Picks the certificate for a handshake, by the name that the client asks for and by the kind of
 * key, of which the JDK tries one after the other in the order of the client's preference.
 *
 * <p>The JDK's own key managers do not do for that: one does not look at the name; the other
 * prefers a wrong name to no certificate of the kind that is tried first, gives who asks for no
 * name whatever is of that kind, and decrypts the key in each handshake.
 */
final class ServerKeyManager extends X509ExtendedKeyManager {

  private final List<KeyEntry> credentials;

  /**
   * @param credentials the first is for clients that ask for no name that one is for
   */
  ServerKeyManager(List<KeyEntry> credentials) {
    this.credentials = List.copyOf(credentials);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(keyType, TlsContext.serverName(engine.getHandshakeSession()));
  }

  /** Returns the alias of a credential, or null, as the JDK wants it. */
  String choose(String keyType, Optional<String> serverName) {
    List<KeyEntry> candidates =
        serverName
            .map(name -> filter(c -> ServerNames.cover(c.names(), name)))
            .filter(covering -> !covering.isEmpty())
            .orElseGet(() -> filter(c -> c.names().equals(credentials.get(0).names())));
    return candidates.stream()
        .filter(credential -> credential.key().getAlgorithm().equals(keyType))
        .findFirst()
        .map(credential -> Integer.toString(credentials.indexOf(credential)))
        .orElse(null);
  }

  private List<KeyEntry> filter(Predicate<KeyEntry> condition) {
    return credentials.stream().filter(condition).toList();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return credential(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return credential(alias).key();
  }

  private KeyEntry credential(String alias) {
    return credentials.get(Integer.parseInt(alias));
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    throw new UnsupportedOperationException("sessions are carried by engines");
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("sessions are carried by engines");
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    throw new UnsupportedOperationException("this is a server");
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("this is a server");
  }
}
