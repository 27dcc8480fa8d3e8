// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static java.util.stream.Collectors.joining;
import static org.smtpinflow.smtp.protocol.AuthenticationExchange.offered;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SecureChannel;

/** What the server says it can do in reply to EHLO (RFC 5321, section 4.1.1.1). */
final class Extensions {

  /** RFC 9422, section 4: a limit has at most six digits. */
  private static final int MAX_LIMIT = 999_999;

  private Extensions() {}

  /**
   * Returns a line for each extension.
   *
   * @param channel the TLS channel that the client came through, if it did
   */
  static List<String> of(SessionConfig config, Optional<SecureChannel> channel) {
    Limits limits = config.limits();
    List<String> lines = new ArrayList<>();
    lines.add("PIPELINING");
    lines.add("SIZE " + limits.messageSize());
    lines.add("8BITMIME");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("SMTPUTF8");
    lines.add("CHUNKING");
    lines.add("BINARYMIME");
    lines.add("DSN");
    String announced =
        limit("MAILMAX", limits.transactions()) + limit("RCPTMAX", limits.recipients());
    if (!announced.isEmpty()) {
      lines.add("LIMITS" + announced);
    }
    if (config.tls().offersStartTls() && channel.isEmpty()) {
      lines.add("STARTTLS");
    }
    if (channel.isPresent()) {
      lines.add("REQUIRETLS");
    }
    List<SaslMechanism> mechanisms = offered(config.authentication(), channel);
    if (!mechanisms.isEmpty()) {
      lines.add("AUTH " + mechanisms.stream().map(SaslMechanism::name).collect(joining(" ")));
    }
    lines.add("HELP");
    return lines;
  }

  /** A limit too large for six digits is not announced. */
  private static String limit(String name, int value) {
    return value <= MAX_LIMIT ? " " + name + "=" + value : "";
  }
}
