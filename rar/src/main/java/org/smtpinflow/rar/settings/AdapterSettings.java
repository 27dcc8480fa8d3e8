// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import static org.smtpinflow.rar.settings.PropertyValues.atLeast;
import static org.smtpinflow.rar.settings.PropertyValues.between;
import static org.smtpinflow.rar.settings.PropertyValues.flag;
import static org.smtpinflow.rar.settings.PropertyValues.seconds;

import jakarta.resource.spi.InvalidPropertyException;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;
import org.smtpinflow.smtp.protocol.SessionConfig;
import org.smtpinflow.smtp.sasl.PasswordVerifier;
import org.smtpinflow.smtp.server.ServerConfig;
import org.smtpinflow.smtp.tls.TlsConfig;

/**
 * The checked properties of the adapter, in the types of the SMTP server and of the deliveries.
 *
 * @param server the configuration of the SMTP server
 * @param serverName the domain of this server
 * @param maxDeliveries how many messages are delivered at the same time
 * @param deliveryWait how long a message waits while its bean is busy
 * @param settleTime how long routes settle after an activation
 * @param drainTimeout how long open mail transactions and deliveries may continue after the last
 *     bean was deactivated
 * @param startPaused whether clients get 421 until the mail server is resumed
 */
public record AdapterSettings(
    ServerConfig server,
    Domain serverName,
    int maxDeliveries,
    Duration deliveryWait,
    Duration settleTime,
    Duration drainTimeout,
    boolean startPaused) {

  /** The minimum that RFC 5321 demands (RFC 5321, sections 4.5.3.1.7 and 4.5.3.1.8). */
  private static final int MIN_MESSAGE_SIZE = 64 << 10;

  private static final int MIN_RECIPIENTS = 100;

  private static final int SECONDS_PER_DAY = 86_400;

  /**
   * A client waits ten minutes for the reply to the end of data (RFC 5321, section 4.5.3.2.6). This
   * leaves one minute for the delivery itself.
   */
  private static final int MAX_DELIVERY_WAIT = 540;

  /**
   * Checks the properties.
   *
   * @param realm checks passwords in the container's realm
   * @throws InvalidPropertyException if a value is not allowed; the message names the property, the
   *     value and what is allowed
   */
  public static AdapterSettings of(AdapterProperties properties, PasswordVerifier realm)
      throws InvalidPropertyException {
    Domain serverName = serverName(properties.getServerName());
    Optional<TlsConfig> tls = TlsSettings.of(properties);
    AuthenticationSettings authentication = AuthenticationSettings.of(properties, realm);
    return new AdapterSettings(
        new ServerConfig(
            ListenerSettings.of(
                properties, session(properties, serverName), tls.isPresent(), authentication),
            between("eventLoops", properties.getEventLoops(), 1, 64),
            between("maxSessions", properties.getMaxSessions(), 1, 100_000),
            between("maxSessionsPerClient", properties.getMaxSessionsPerClient(), 1, 100_000),
            content(properties),
            tls,
            authentication.throttle()),
        serverName,
        between("maxDeliveries", properties.getMaxDeliveries(), 1, 1000),
        seconds("deliveryWait", properties.getDeliveryWait(), 0, MAX_DELIVERY_WAIT),
        seconds("settleTime", properties.getSettleTime(), 0, 60),
        seconds("drainTimeout", properties.getDrainTimeout(), 0, 3600),
        flag("startPaused", properties.getStartPaused()));
  }

  private static SessionConfig session(AdapterProperties properties, Domain serverName)
      throws InvalidPropertyException {
    return new SessionConfig(
        serverName.text(),
        new SessionConfig.Limits(
            maxMessageSize(properties),
            between("maxHeaderSize", properties.getMaxHeaderSize(), 4096, 16 << 20),
            between("maxHeaderFields", properties.getMaxHeaderFields(), 100, 100_000),
            between("maxRecipients", properties.getMaxRecipients(), MIN_RECIPIENTS, 100_000),
            between(
                "maxTransactionsPerSession",
                properties.getMaxTransactionsPerSession(),
                1,
                1_000_000),
            between("maxErrorsPerSession", properties.getMaxErrorsPerSession(), 1, 1000),
            between(
                "maxJunkCommandsPerSession",
                properties.getMaxJunkCommandsPerSession(),
                10,
                100_000)),
        new SessionConfig.Timeouts(
            seconds("commandTimeout", properties.getCommandTimeout(), 1, SECONDS_PER_DAY),
            seconds("dataTimeout", properties.getDataTimeout(), 1, SECONDS_PER_DAY),
            between("minDataRate", properties.getMinDataRate(), 1, 1_000_000),
            seconds("crowdedTimeout", properties.getCrowdedTimeout(), 1, SECONDS_PER_DAY)),
        flag("acceptBareNewlines", properties.getAcceptBareNewlines())
            ? SessionConfig.BareNewlines.ACCEPT
            : SessionConfig.BareNewlines.REFUSE,
        flag("traceFields", properties.getTraceFields()));
  }

  private static long maxMessageSize(AdapterProperties properties) throws InvalidPropertyException {
    return atLeast("maxMessageSize", properties.getMaxMessageSize(), MIN_MESSAGE_SIZE);
  }

  private static ServerConfig.ContentConfig content(AdapterProperties properties)
      throws InvalidPropertyException {
    long budget = atLeast("contentBudget", properties.getContentBudget(), 0);
    long maxMessageSize = maxMessageSize(properties);
    if (budget < maxMessageSize) {
      throw new InvalidPropertyException(
          "contentBudget: " + budget + " is less than maxMessageSize, " + maxMessageSize);
    }
    return new ServerConfig.ContentConfig(
        between("contentThreshold", properties.getContentThreshold(), 0, 16 << 20),
        directory(properties.getContentDirectory()),
        budget);
  }

  private static Domain serverName(String property) throws InvalidPropertyException {
    String name = property.strip();
    try {
      return Domain.parse(name.isEmpty() ? hostName() : name);
    } catch (AddressSyntaxException e) {
      throw new InvalidPropertyException(
          "serverName: '"
              + name
              + "' is neither a domain name nor an address literal: "
              + e.getMessage(),
          e);
    }
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getCanonicalHostName();
      Domain.parse(name);
      return name;
    } catch (UnknownHostException | AddressSyntaxException e) {
      return "localhost";
    }
  }

  private static Path directory(String property) throws InvalidPropertyException {
    String text = property.isBlank() ? System.getProperty("java.io.tmpdir") : property.strip();
    try {
      Path directory = Path.of(text);
      if (Files.isDirectory(directory) && Files.isWritable(directory)) {
        return directory;
      }
    } catch (InvalidPathException e) {
      // Reported below.
    }
    throw new InvalidPropertyException(
        "contentDirectory: '"
            + text
            + "' is not a directory that the application server may write to; give an existing one,"
            + " with '"
            + File.separator
            + "' between names");
  }
}
