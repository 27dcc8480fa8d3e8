// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.protocol.SessionConfig.Authentication;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;
import org.smtpinflow.smtp.server.ListenerConfig;

/** Makes the listeners that the properties open. */
final class ListenerSettings {

  private static final Logger LOG = System.getLogger(ListenerSettings.class.getName());

  private final AdapterProperties properties;
  private final SessionConfig session;
  private final boolean tls;
  private final boolean tlsRequired;
  private final AuthenticationSettings authentication;

  private ListenerSettings(
      AdapterProperties properties,
      SessionConfig session,
      boolean tls,
      AuthenticationSettings authentication)
      throws InvalidPropertyException {
    this.properties = properties;
    this.session = session;
    this.tls = tls;
    this.tlsRequired = PropertyValues.flag("tlsRequired", properties.getTlsRequired());
    this.authentication = authentication;
  }

  /**
   * Makes the listeners. A listener that needs TLS stays closed if there is no certificate, with a
   * warning in the log.
   *
   * @param session the configuration that all listeners share
   * @param tls whether there is a certificate
   * @return at least one
   * @throws InvalidPropertyException if a property has a value that is not allowed; the message
   *     names the property, the value and what is allowed
   */
  static List<ListenerConfig> of(
      AdapterProperties properties,
      SessionConfig session,
      boolean tls,
      AuthenticationSettings authentication)
      throws InvalidPropertyException {
    return new ListenerSettings(properties, session, tls, authentication).listeners();
  }

  private List<ListenerConfig> listeners() throws InvalidPropertyException {
    InetAddress address = bindAddress();
    List<ListenerConfig> listeners = new ArrayList<>();
    for (ListenerName name : ListenerName.values()) {
      int port = PropertyValues.between(name.portProperty(), port(name), -1, 65_535);
      if (port >= 0 && !isClosedForWantOfTls(name, port)) {
        checkIsFree(name, port, listeners);
        listeners.add(
            new ListenerConfig(name.text(), new InetSocketAddress(address, port), session(name)));
      }
    }
    if (listeners.isEmpty()) {
      throw new InvalidPropertyException(
          "smtpPort: %s, and no other listener is open either; one of smtpPort, submissionPort, submissionsPort and lmtpPort must be 0 to 65535"
              .formatted(properties.getSmtpPort()));
    }
    return listeners;
  }

  private String port(ListenerName name) {
    return switch (name) {
      case SMTP -> properties.getSmtpPort();
      case SUBMISSION -> properties.getSubmissionPort();
      case SUBMISSIONS -> properties.getSubmissionsPort();
      case LMTP -> properties.getLmtpPort();
    };
  }

  private boolean isClosedForWantOfTls(ListenerName name, int port) {
    if (tls || !name.needsTls()) {
      return false;
    }
    LOG.log(
        Level.WARNING,
        "listener {0} ({1}: {2}) stays closed because there is no certificate; set {3}",
        name.text(),
        name.portProperty(),
        Integer.toString(port),
        TlsSettings.CERTIFICATE);
    return true;
  }

  private static void checkIsFree(ListenerName name, int port, List<ListenerConfig> others)
      throws InvalidPropertyException {
    for (ListenerConfig other : others) {
      if (port != 0 && other.address().getPort() == port) {
        throw new InvalidPropertyException(
            name.portProperty() + ": " + port + " is the port of listener " + other.name());
      }
    }
  }

  private SessionConfig session(ListenerName name) {
    Authentication other = tls ? authentication.forOtherMail() : Authentication.none();
    TlsPolicy offered = tls ? TlsPolicy.OFFERED : TlsPolicy.NONE;
    return switch (name) {
      case SMTP -> session.with(Service.SMTP, tlsRequired ? TlsPolicy.REQUIRED : offered, other);
      // A client can do nothing there without AUTH, and AUTH needs TLS.
      case SUBMISSION ->
          session.with(Service.SUBMISSION, TlsPolicy.REQUIRED, authentication.forSubmission());
      case SUBMISSIONS ->
          session.with(Service.SUBMISSION, TlsPolicy.IMPLICIT, authentication.forSubmission());
      case LMTP -> session.with(Service.LMTP, offered, other);
    };
  }

  private InetAddress bindAddress() throws InvalidPropertyException {
    String host = properties.getBindAddress().strip();
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidPropertyException(
          "bindAddress: '"
              + host
              + "' is not known here; allowed are names and IP addresses of this host, 0.0.0.0 and"
              + " ::",
          e);
    }
  }
}
