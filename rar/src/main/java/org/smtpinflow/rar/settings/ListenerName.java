// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.Locale;

/** A listener of the server, and what it is for. */
public enum ListenerName {
  /** Mail from other mail servers (RFC 5321). */
  SMTP,
  /** Submission by users, with STARTTLS (RFC 6409). */
  SUBMISSION,
  /** Submission by users, inside TLS (RFC 8314). */
  SUBMISSIONS,
  /** Local delivery (RFC 2033). */
  LMTP;

  /** All of them, as an activation spec names them. */
  public static final String ALL = "smtp submission submissions lmtp";

  /** Returns the listener that an entry of an activation spec's {@code listeners} names. */
  static ListenerName parse(String text) throws InvalidPropertyException {
    for (ListenerName name : values()) {
      if (name.text().equalsIgnoreCase(text)) {
        return name;
      }
    }
    throw new InvalidPropertyException(
        "listeners: '" + text + "' is not a listener; allowed are " + ALL.replace(" ", ", "));
  }

  /** Returns which one a listener of the server is, by its name there. */
  public static ListenerName of(String listener) {
    return valueOf(listener.toUpperCase(Locale.ROOT));
  }

  /** Says whether it cannot work without TLS. */
  boolean needsTls() {
    return this == SUBMISSION || this == SUBMISSIONS;
  }

  /** Returns the property that has its port. */
  public String portProperty() {
    return text() + "Port";
  }

  /** Returns the name as the log, the administrator and the bean's author have it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
