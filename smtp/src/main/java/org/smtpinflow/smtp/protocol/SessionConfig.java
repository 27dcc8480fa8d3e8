// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.time.Duration;
import java.util.Objects;
import org.smtpinflow.api.AddressSyntaxException;
import org.smtpinflow.api.Domain;

/**
 * What an administrator decides about every session.
 *
 * @param serverName the name that the server calls itself in its greeting and in trace fields: a
 *     domain name or an address literal. An internationalized one is turned into A-labels
 * @param limits what is too much
 * @param timeouts how long to wait for a client
 * @param bareNewlines what to do with a CR or LF in content that is not part of a CRLF
 * @param traceFields whether Return-Path and Received are put in front of the content (RFC 5321,
 *     section 4.4)
 */
public record SessionConfig(
    String serverName,
    Limits limits,
    Timeouts timeouts,
    BareNewlines bareNewlines,
    boolean traceFields) {

  /**
   * No argument may be null.
   *
   * @throws IllegalArgumentException if the server's name is neither a domain nor a literal
   */
  public SessionConfig {
    serverName = ascii(serverName);
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(bareNewlines, "bareNewlines");
  }

  private static String ascii(String serverName) {
    try {
      return Domain.parse(serverName).ascii();
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException(
          "server name '" + serverName + "' is neither a domain name nor an address literal", e);
    }
  }

  /** Returns the defaults: safe on the open Internet. */
  public static SessionConfig defaults(String serverName) {
    return new SessionConfig(
        serverName, Limits.defaults(), Timeouts.defaults(), BareNewlines.REFUSE, true);
  }

  /**
   * What to do with a CR or LF in content that is not part of a CRLF. It never ends the content.
   */
  public enum BareNewlines {
    /** Refuse the message (RFC 5321, section 2.3.8). */
    REFUSE,
    /** Take it as an octet like any other. */
    ACCEPT
  }

  /**
   * What is too much.
   *
   * @param messageSize octets of content that a message may have (RFC 1870)
   * @param recipients recipients that a message may have; at least 100 (RFC 5321, 4.5.3.1.8)
   * @param transactions MAIL commands that a session may have (RFC 9422, section 4.1)
   * @param errors 5yz replies after which a session is closed, counted since a message was last
   *     accepted
   */
  public record Limits(long messageSize, int recipients, int transactions, int errors) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is less than one
     */
    public Limits {
      requirePositive("message size", messageSize);
      requirePositive("recipients", recipients);
      requirePositive("transactions", transactions);
      requirePositive("errors", errors);
    }

    private static void requirePositive(String name, long limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit of " + name + " is " + limit + ", less than 1");
      }
    }

    /** Returns 50 MiB, 100 recipients, 1,000 transactions, 20 errors. */
    public static Limits defaults() {
      return new Limits(50L << 20, 100, 1000, 20);
    }
  }

  /**
   * How long to wait for a client (RFC 5321, section 4.5.3.2).
   *
   * @param command for the next command
   * @param data for the next octet of content
   */
  public record Timeouts(Duration command, Duration data) {

    /** No argument may be null. */
    public Timeouts {
      Objects.requireNonNull(command, "command");
      Objects.requireNonNull(data, "data");
    }

    /** Returns the RFC's: 5 minutes for a command, 3 minutes for data. */
    public static Timeouts defaults() {
      return new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(3));
    }
  }
}
