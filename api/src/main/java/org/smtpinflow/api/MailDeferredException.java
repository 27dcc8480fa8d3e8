// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * Thrown by a bean to refuse a message temporarily. The client gets the 4yz reply in this
 * exception, keeps the message and tries again later. The transaction is rolled back.
 */
public final class MailDeferredException extends MailRefusedException {

  private static final long serialVersionUID = 1L;

  /**
   * Refuses with reply 451 and enhanced status code 4.3.0.
   *
   * @param text the text of the reply; see {@link #text()}
   */
  public MailDeferredException(String text) {
    this(451, EnhancedStatusCode.parse("4.3.0"), text);
  }

  /**
   * Refuses with a reply of the bean's choice.
   *
   * @param replyCode the reply code, from 400 to 499
   * @param statusCode the enhanced status code, of class 4
   * @param text the text of the reply; see {@link #text()}
   * @throws IllegalArgumentException if one of the codes is not of class 4
   */
  public MailDeferredException(int replyCode, EnhancedStatusCode statusCode, String text) {
    super(replyCode, statusCode, 4, text, null);
  }

  /**
   * Refuses with a reply of the bean's choice, and a cause that may be logged.
   *
   * @param replyCode the reply code, from 400 to 499
   * @param statusCode the enhanced status code, of class 4
   * @param text the text of the reply; see {@link #text()}
   * @param cause the reason; never sent to the client
   * @throws IllegalArgumentException if one of the codes is not of class 4
   */
  public MailDeferredException(
      int replyCode, EnhancedStatusCode statusCode, String text, Throwable cause) {
    super(replyCode, statusCode, 4, text, cause);
  }
}
