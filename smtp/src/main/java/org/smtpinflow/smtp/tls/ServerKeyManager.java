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
 * Selects the certificate for a handshake by the requested server name and the key type. The JDK
 * tries the key types one after the other, in the client's order of preference.
 *
 * <p>The JDK's own key managers are not suitable. One ignores the name. The other has three faults.
 * If no certificate of the key type tried first matches the name, it returns one for a wrong name.
 * It gives a client without a name any certificate of that key type. It decrypts the key in each
 * handshake.
 */
final class ServerKeyManager extends X509ExtendedKeyManager {

  private final List<KeyEntry> credentials;

  /**
   * @param credentials the keys and certificates. The first is the default, for clients that
   *     request no name or an unknown one
   */
  ServerKeyManager(List<KeyEntry> credentials) {
    this.credentials = List.copyOf(credentials);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return choose(keyType, TlsContext.serverName(engine.getHandshakeSession()));
  }

  /** Returns the alias of a key entry; null, as the JDK requires, if none is suitable. */
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
    throw new UnsupportedOperationException("only SSLEngine is supported, not SSLSocket");
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("only SSLEngine is supported, not SSLSocket");
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    throw new UnsupportedOperationException("this key manager is for servers");
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    throw new UnsupportedOperationException("this key manager is for servers");
  }
}
