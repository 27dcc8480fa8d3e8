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
   * Says which socket, and why.
   *
   * @param listener the name of the listener
   * @param cause what the operating system says
   */
  public ListenException(String listener, InetSocketAddress address, Throwable cause) {
    super(
        "listener %s cannot be bound to %s: %s".formatted(listener, address, reason(cause)), cause);
    this.listener = listener;
    this.address = address;
  }

  private static String reason(Throwable cause) {
    // The JDK gives this no message.
    return cause instanceof UnsupportedAddressTypeException
        ? "the JVM has no IPv6"
        : String.valueOf(cause.getMessage());
  }

  /** Returns the name of the listener. */
  public String listener() {
    return listener;
  }

  /** Returns the address that it cannot be bound to. */
  public InetSocketAddress address() {
    return address;
  }

  /** Returns why, as the operating system says it, perhaps in the language of the host. */
  public String reason() {
    return reason(getCause());
  }
}
