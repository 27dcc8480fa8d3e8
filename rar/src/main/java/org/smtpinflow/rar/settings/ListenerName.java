// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.Locale;

/** The listeners of the server. */
public enum ListenerName {
  /** Mail from other mail servers (RFC 5321). */
  SMTP,
  /** Submission by users, with STARTTLS (RFC 6409). */
  SUBMISSION,
  /** Submission by users, inside TLS (RFC 8314). */
  SUBMISSIONS,
  /** Local delivery (RFC 2033). */
  LMTP;

  /** All names, separated by spaces, as in an activation spec. */
  public static final String ALL = "smtp submission submissions lmtp";

  /** Returns the listener for an entry of an activation spec's {@code listeners}. */
  static ListenerName parse(String text) throws InvalidPropertyException {
    for (ListenerName name : values()) {
      if (name.text().equalsIgnoreCase(text)) {
        return name;
      }
    }
    throw new InvalidPropertyException(
        "listeners: '" + text + "' is not a listener; allowed are " + ALL.replace(" ", ", "));
  }

  /** Returns the listener with a name that the SMTP server reports. */
  public static ListenerName of(String listener) {
    return valueOf(listener.toUpperCase(Locale.ROOT));
  }

  /** Returns whether the listener cannot work without TLS. */
  boolean needsTls() {
    return this == SUBMISSION || this == SUBMISSIONS;
  }

  /** Returns the name of the property with the listener's port. */
  public String portProperty() {
    return text() + "Port";
  }

  /** Returns the name in logs, properties and activation specs. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
