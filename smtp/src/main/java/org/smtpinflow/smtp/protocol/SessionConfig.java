// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;
import org.smtpinflow.smtp.sasl.SaslMechanism;

/**
 * The configuration of all sessions of a listener.
 *
 * @param serverName the name of the server in its greeting and in trace fields: a domain name or an
 *     address literal. An internationalized domain name is converted to A-labels
 * @param service the protocol
 * @param tls whether and how sessions are encrypted
 * @param authentication how clients authenticate
 * @param limits the limits of messages and sessions
 * @param timeouts how long to wait for a client
 * @param bareNewlines what to do with a CR or LF in content that is not part of a CRLF
 * @param traceFields whether Return-Path and Received are put in front of the content (RFC 5321,
 *     section 4.4)
 */
public record SessionConfig(
    String serverName,
    Service service,
    TlsPolicy tls,
    Authentication authentication,
    Limits limits,
    Timeouts timeouts,
    BareNewlines bareNewlines,
    boolean traceFields) {

  /**
   * No argument may be null.
   *
   * @throws IllegalArgumentException if the server's name is neither a domain nor a literal, or if
   *     clients must authenticate but there is no TLS, without which AUTH is not offered
   */
  public SessionConfig {
    serverName = ascii(serverName);
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(authentication, "authentication");
    if (authentication.required() && tls == TlsPolicy.NONE) {
      throw new IllegalArgumentException(
          "authentication is required, but without TLS it is not offered");
    }
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(bareNewlines, "bareNewlines");
  }

  /** Makes the configuration of a listener for SMTP without TLS, and so without authentication. */
  public SessionConfig(
      String serverName,
      Limits limits,
      Timeouts timeouts,
      BareNewlines bareNewlines,
      boolean traceFields) {
    this(
        serverName,
        Service.SMTP,
        TlsPolicy.NONE,
        Authentication.none(),
        limits,
        timeouts,
        bareNewlines,
        traceFields);
  }

  private static String ascii(String serverName) {
    try {
      return Domain.parse(serverName).ascii();
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException(
          "server name '" + serverName + "' is neither a domain name nor an address literal", e);
    }
  }

  /** Returns the defaults for SMTP without TLS: safe on the open Internet. */
  public static SessionConfig defaults(String serverName) {
    return new SessionConfig(
        serverName, Limits.defaults(), Timeouts.defaults(), BareNewlines.REFUSE, true);
  }

  /** Returns this configuration for another protocol, TLS policy and authentication. */
  public SessionConfig with(Service service, TlsPolicy tls, Authentication authentication) {
    return new SessionConfig(
        serverName, service, tls, authentication, limits, timeouts, bareNewlines, traceFields);
  }

  /** The protocol that a listener speaks. */
  public enum Service {
    /** SMTP between servers (RFC 5321). */
    SMTP,
    /** SMTP for the submission of new messages (RFC 6409): the server completes their headers. */
    SUBMISSION,
    /** LMTP (RFC 2033): a reply for each recipient. */
    LMTP
  }

  /** Whether and how a session is encrypted. */
  public enum TlsPolicy {
    /** It is not encrypted, and STARTTLS is not offered. */
    NONE,
    /** It is encrypted if the client sends STARTTLS (RFC 3207). */
    OFFERED,
    /** The client must send STARTTLS before any mail command. */
    REQUIRED,
    /** It is encrypted from its first octet (RFC 8314, section 3). */
    IMPLICIT;

    /** Returns whether sessions begin in clear text and may change to TLS. */
    boolean offersStartTls() {
      return this == OFFERED || this == REQUIRED;
    }
  }

  /**
   * How clients authenticate (RFC 4954). Authentication is offered inside TLS only.
   *
   * @param mechanisms the mechanisms, in the order in which they are announced; an empty list
   *     disables authentication
   * @param required whether only authenticated clients may send mail
   * @param maxFailures failed attempts after which a session is closed; at least one
   * @param senderMustMatch whether the reverse-path of an authenticated client must be its own
   *     mailbox: the name of its identity, to which the server's name is added if it has no domain.
   *     The null reverse-path is always allowed: a user's mail program sends message disposition
   *     notifications with it (RFC 8098, section 3)
   */
  public record Authentication(
      List<SaslMechanism> mechanisms, boolean required, int maxFailures, boolean senderMustMatch) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two mechanisms have the same name, if authentication is
     *     required but there is no mechanism, or if {@code maxFailures} is less than one
     */
    public Authentication {
      mechanisms = List.copyOf(mechanisms);
      List<String> names = mechanisms.stream().map(SaslMechanism::name).toList();
      if (Set.copyOf(names).size() < names.size()) {
        throw new IllegalArgumentException("a SASL mechanism is there twice: " + names);
      }
      if (required && mechanisms.isEmpty()) {
        throw new IllegalArgumentException(
            "authentication is required, but there is no SASL mechanism");
      }
      if (maxFailures < 1) {
        throw new IllegalArgumentException(
            "limit of failed authentications is " + maxFailures + ", less than 1");
      }
    }

    /** Returns the configuration that switches authentication off. */
    public static Authentication none() {
      return new Authentication(List.of(), false, 3, false);
    }
  }

  /**
   * The treatment of a CR or LF in content that is not part of a CRLF. It never ends the content.
   */
  public enum BareNewlines {
    /** Refuse the message (RFC 5321, section 2.3.8). */
    REFUSE,
    /** Treat it like any other octet. */
    ACCEPT
  }

  /**
   * The limits of messages and sessions.
   *
   * @param messageSize octets of content that a message may have (RFC 1870)
   * @param headerSize octets that the header of a message may have, up to and including the first
   *     empty line
   * @param headerFields fields that the header of a message may have
   * @param recipients recipients that a message may have; at least 100 (RFC 5321, 4.5.3.1.8)
   * @param transactions MAIL commands that a session may have (RFC 9422, section 4.1)
   * @param errors 5yz replies after which a session is closed, counted since a message was last
   *     accepted
   * @param junkCommands commands that do not advance a mail transaction, such as NOOP, RSET and
   *     EHLO, after which a session is closed, counted since a message was last accepted
   */
  public record Limits(
      long messageSize,
      int headerSize,
      int headerFields,
      int recipients,
      int transactions,
      int errors,
      int junkCommands) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is less than one
     */
    public Limits {
      requirePositive("message size", messageSize);
      requirePositive("header size", headerSize);
      requirePositive("header fields", headerFields);
      requirePositive("recipients", recipients);
      requirePositive("transactions", transactions);
      requirePositive("errors", errors);
      requirePositive("junk commands", junkCommands);
    }

    /** Makes limits with 512 KiB and 1,000 fields for a header, and 100 junk commands. */
    public Limits(long messageSize, int recipients, int transactions, int errors) {
      this(messageSize, 512 << 10, 1000, recipients, transactions, errors, 100);
    }

    private static void requirePositive(String name, long limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit of " + name + " is " + limit + ", less than 1");
      }
    }

    /** Returns 50 MiB, 100 recipients, 1,000 transactions, 20 errors, and the rest as above. */
    public static Limits defaults() {
      return new Limits(50L << 20, 100, 1000, 20);
    }
  }

  /**
   * The time limits for a client (RFC 5321, section 4.5.3.2). All of them are deadlines: input does
   * not restart them, except that content extends its deadline at the minimum data rate.
   *
   * @param command the time for the next command, from the moment when the server begins to wait
   *     until the command is complete
   * @param data the time for more content. The remaining time of a message never exceeds it
   * @param minDataRate the octets of content that extend the deadline by one second, up to {@code
   *     data}. So a message of n octets may take at most n / {@code minDataRate} seconds plus
   *     {@code data}. At least one
   * @param crowded replaces {@code command} and {@code data}, if it is shorter, in sessions that
   *     have achieved nothing while most of the sessions that the server allows are open
   */
  public record Timeouts(Duration command, Duration data, int minDataRate, Duration crowded) {

    /**
     * No argument may be null.
     *
     * @throws IllegalArgumentException if the data rate is less than one
     */
    public Timeouts {
      Objects.requireNonNull(command, "command");
      Objects.requireNonNull(data, "data");
      Objects.requireNonNull(crowded, "crowded");
      if (minDataRate < 1) {
        throw new IllegalArgumentException(
            "minimum data rate is " + minDataRate + " octets per second, less than 1");
      }
    }

    /**
     * Returns the RFC's times: 5 minutes for a command and 3 minutes for data; 500 octets per
     * second, which any modem exceeds; and 10 seconds if the server is crowded.
     */
    public static Timeouts defaults() {
      return new Timeouts(
          Duration.ofMinutes(5), Duration.ofMinutes(3), 500, Duration.ofSeconds(10));
    }
  }
}
