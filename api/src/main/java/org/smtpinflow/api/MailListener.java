// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * The message listener interface of the resource adapter (Jakarta Connectors 2.1, chapter 13): a
 * message-driven bean that implements it receives mail.
 *
 * <p>The SMTP reply to the end of the message is the outcome of the JTA transaction in which {@link
 * #onMail} ran. The sender hears {@code 250} only after that transaction has committed, and keeps
 * its copy until then. So all that shall be done for the message must be done before {@code onMail}
 * returns, on the thread that called it: what it leaves to other threads is not in the transaction.
 */
public interface MailListener {

  /**
   * Takes delivery of one message.
   *
   * <p>Returning normally accepts the message, provided that the transaction then commits. A
   * transaction that is marked for rollback, times out or fails to commit makes the sender hear
   * {@code 451 4.3.0} and try again later; so does any exception but {@link MailRefusedException}.
   *
   * @param mail the message; it and the streams it opened can be read until this method returns
   * @throws MailRefusedException to refuse the message with a reply of the bean's own: for good by
   *     {@link MailRejectedException}, for now by {@link MailDeferredException}. The transaction is
   *     rolled back.
   */
  void onMail(Mail mail) throws MailRefusedException;
}
