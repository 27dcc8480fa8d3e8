// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;
import org.smtpinflow.smtp.sasl.SaslMechanism;
import org.smtpinflow.smtp.sasl.SecureChannel;

/**
 * The extensions that the server announces in the reply to EHLO (RFC 5321, section 4.1.1.1).
 *
 * @param channel the TLS channel of the client, if it has one
 */
record Extensions(SessionConfig config, Optional<SecureChannel> channel) {

  /** RFC 9422, section 4: a limit has at most six digits. */
  private static final int MAX_LIMIT = 999_999;

  /** Returns a line for each extension. */
  List<String> lines() {
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
    if (hasRequireTls()) {
      lines.add("REQUIRETLS");
    }
    if (hasAuth()) {
      lines.add("AUTH " + mechanisms().stream().map(SaslMechanism::name).collect(joining(" ")));
    }
    lines.add("HELP");
    return lines;
  }

  /** A limit of more than six digits is not announced. */
  private static String limit(String name, int value) {
    return value <= MAX_LIMIT ? " " + name + "=" + value : "";
  }

  /** RFC 8689, section 2: only inside TLS. */
  boolean hasRequireTls() {
    return channel.isPresent();
  }

  boolean hasAuth() {
    return !mechanisms().isEmpty();
  }

  /** Returns the mechanisms that the client can use; none without TLS. */
  List<SaslMechanism> mechanisms() {
    return channel
        .map(c -> config.authentication().mechanisms().stream().filter(m -> m.isOfferedOn(c)))
        .map(offered -> offered.toList())
        .orElse(List.of());
  }
}
