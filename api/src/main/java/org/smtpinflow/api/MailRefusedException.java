// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

import jakarta.ejb.ApplicationException;
import java.util.Objects;

/**
 * Thrown by a bean to refuse a message with an SMTP reply of the bean's choice. The transaction is
 * rolled back. Throw {@link MailRejectedException} or {@link MailDeferredException}.
 *
 * <p>It is a checked exception because checked exceptions are application exceptions in every
 * container, without further declaration: they reach the resource adapter unchanged, the container
 * does not discard the bean instance, and the log gets no stack trace (Jakarta Enterprise Beans
 * 4.0, sections 9.2.1 and 9.3.4).
 */
@ApplicationException(rollback = true)
public abstract class MailRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int replyCode;
  private final EnhancedStatusCode statusCode;

  MailRefusedException(
      int replyCode, EnhancedStatusCode statusCode, int replyClass, String text, Throwable cause) {
    super(Objects.requireNonNull(text, "text"), cause);
    if (replyCode / 100 != replyClass) {
      throw new IllegalArgumentException(
          "reply code "
              + replyCode
              + " is not between "
              + replyClass
              + "00 and "
              + replyClass
              + "99");
    }
    if (statusCode.statusClass() != replyClass) {
      throw new IllegalArgumentException(
          "enhanced status code " + statusCode + " does not begin with " + replyClass);
    }
    this.replyCode = replyCode;
    this.statusCode = statusCode;
  }

  /** Returns the reply code (RFC 5321, section 4.2). */
  public int replyCode() {
    return replyCode;
  }

  /** Returns the enhanced status code (RFC 3463). */
  public EnhancedStatusCode statusCode() {
    return statusCode;
  }

  /**
   * Returns the text of the reply. A line break in it begins a new line of the reply. The server
   * replaces other control characters and folds lines that are too long.
   */
  public String text() {
    return getMessage();
  }
}
