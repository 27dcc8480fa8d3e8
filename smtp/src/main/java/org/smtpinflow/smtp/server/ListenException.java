// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;

/** Thrown if a socket cannot be bound. */
public final class ListenException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String listener;
  private final InetSocketAddress address;

  /**
   * Makes the exception with a message that names the socket and the reason.
   *
   * @param listener the name of the listener
   * @param cause the error that the operating system reported
   */
  public ListenException(String listener, InetSocketAddress address, Throwable cause) {
    super(
        "listener %s cannot be bound to %s: %s".formatted(listener, address, reason(cause)), cause);
    this.listener = listener;
    this.address = address;
  }

  private static String reason(Throwable cause) {
    // The JDK throws this exception without a message.
    return cause instanceof UnsupportedAddressTypeException
        ? "the JVM has no IPv6"
        : String.valueOf(cause.getMessage());
  }

  /** Returns the name of the listener. */
  public String listener() {
    return listener;
  }

  /** Returns the address that the listener cannot be bound to. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Returns the reason, as the operating system reports it; it may be in the language of the host.
   */
  public String reason() {
    return reason(getCause());
  }
}
