// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * Thrown by a bean to refuse a message permanently. The client gets the 5yz reply in this exception
 * and returns the message to its sender. The transaction is rolled back.
 */
public final class MailRejectedException extends MailRefusedException {

  private static final long serialVersionUID = 1L;

  /**
   * Refuses with reply 550 and enhanced status code 5.7.1.
   *
   * @param text the text of the reply; see {@link #text()}
   */
  public MailRejectedException(String text) {
    this(550, EnhancedStatusCode.parse("5.7.1"), text);
  }

  /**
   * Refuses with a reply of the bean's choice.
   *
   * @param replyCode the reply code, from 500 to 599
   * @param statusCode the enhanced status code, of class 5
   * @param text the text of the reply; see {@link #text()}
   * @throws IllegalArgumentException if one of the codes is not of class 5
   */
  public MailRejectedException(int replyCode, EnhancedStatusCode statusCode, String text) {
    super(replyCode, statusCode, 5, text, null);
  }

  /**
   * Refuses with a reply of the bean's choice, and a cause that may be logged.
   *
   * @param replyCode the reply code, from 500 to 599
   * @param statusCode the enhanced status code, of class 5
   * @param text the text of the reply; see {@link #text()}
   * @param cause the reason; never sent to the client
   * @throws IllegalArgumentException if one of the codes is not of class 5
   */
  public MailRejectedException(
      int replyCode, EnhancedStatusCode statusCode, String text, Throwable cause) {
    super(replyCode, statusCode, 5, text, cause);
  }
}
