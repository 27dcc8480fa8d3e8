// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Domain;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Mailbox;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;

/**
 * Writes the fields that are put in front of a message (RFC 5321, section 4.4). Nothing that a
 * client sends can end a field or begin a comment in them.
 */
final class TraceFields {

  /** RFC 5322, section 2.1.1: the length that a line should not exceed, without its CRLF. */
  private static final int LINE_LENGTH = 78;

  /**
   * RFC 5321, section 4.5.3.1.2: octets in a domain. Longer names are truncated, because a line
   * must not be longer than 998 octets (RFC 5322, section 2.1.1).
   */
  private static final int MAX_DOMAIN = 255;

  /** RFC 5322, section 3.3. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TraceFields() {}

  /** Formats a date and time for header fields. */
  static String date(Instant instant) {
    return DATE.format(instant);
  }

  /** Returns Return-Path and Received. */
  static byte[] format(
      SessionConfig config, ClientState client, Envelope envelope, String id, Instant receivedAt) {
    String fields =
        "Return-Path: "
            + envelope.reversePath()
            + "\r\n"
            + fold("Received:", received(config, client, envelope, id, receivedAt));
    return fields.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the clauses of the field; a line may end between two clauses. */
  private static List<String> received(
      SessionConfig config,
      ClientState clientState,
      Envelope envelope,
      String id,
      Instant receivedAt) {
    Client client = clientState.client();
    List<String> clauses = new ArrayList<>();
    String address = literal(client.remoteAddress());
    if (isDomain(client.helo())) {
      clauses.add("from " + client.helo() + " (" + address + ")");
    } else {
      clauses.add("from " + address + " (" + address + ")");
      clauses.add("(HELO " + commentText(client.helo()) + ")");
    }
    client.tls().ifPresent(tls -> clauses.add(tlsComment(tls)));
    clauses.add("by " + config.serverName());
    clauses.add("with " + protocol(config.service(), clientState, envelope));
    clauses.add("id " + id);
    // With several recipients it would reveal each of them to the others (RFC 5321, section 7.2).
    singleRecipient(envelope).ifPresent(mailbox -> clauses.add("for <" + mailbox + ">"));
    int last = clauses.size() - 1;
    clauses.set(last, clauses.get(last) + ";");
    clauses.add(DATE.format(receivedAt));
    return clauses;
  }

  private static String fold(String name, List<String> words) {
    StringBuilder field = new StringBuilder(256).append(name);
    int lineLength = name.length();
    for (String word : words) {
      if (lineLength + 1 + word.length() > LINE_LENGTH) {
        field.append("\r\n\t").append(word);
        // A tab counts as one character, as it does for programs that check the limit.
        lineLength = 1 + word.length();
      } else {
        field.append(' ').append(word);
        lineLength += 1 + word.length();
      }
    }
    return field.append("\r\n").toString();
  }

  private static String tlsComment(Client.TlsSession tls) {
    String version = commentText(tls.protocol());
    return "(using " + version + " with cipher " + commentText(tls.cipherSuite()) + ")";
  }

  /**
   * RFC 3848, section 1; RFC 6531, section 4.3. It reveals only that the client is authenticated:
   * readers and further recipients of the message need not know the user's name.
   */
  private static String protocol(Service service, ClientState client, Envelope envelope) {
    if (!client.isExtended()) {
      return "SMTP";
    }
    String plain = service == Service.LMTP ? "LMTP" : "SMTP";
    String extended = service == Service.LMTP ? "LMTP" : "ESMTP";
    return (envelope.smtpUtf8() ? "UTF8" + plain : extended)
        + (client.channel().isPresent() ? "S" : "")
        + (client.identity().isPresent() ? "A" : "");
  }

  private static Optional<Mailbox> singleRecipient(Envelope envelope) {
    return envelope.recipients().size() == 1
        ? envelope.recipients().get(0).path().mailbox()
        : Optional.empty();
  }

  private static boolean isDomain(String text) {
    try {
      Domain.parse(text);
      return true;
    } catch (AddressSyntaxException e) {
      return false;
    }
  }

  /** RFC 5321, section 4.1.3. */
  private static String literal(InetSocketAddress remoteAddress) {
    InetAddress address = remoteAddress.getAddress();
    String text = address.getHostAddress();
    if (address instanceof Inet6Address) {
      int scope = text.indexOf('%');
      return "[IPv6:" + (scope < 0 ? text : text.substring(0, scope)) + "]";
    }
    return "[" + text + "]";
  }

  /** RFC 5322, section 3.2.2. */
  private static String commentText(String text) {
    int length = Math.min(text.length(), MAX_DOMAIN);
    StringBuilder safe = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      safe.append(c <= ' ' || c > '~' || c == '(' || c == ')' || c == '\\' ? '?' : c);
    }
    return safe.toString();
  }
}
