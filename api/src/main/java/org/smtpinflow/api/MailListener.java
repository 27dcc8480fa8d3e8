// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.api;

/**
 * The message listener interface of the resource adapter (Jakarta Connectors 2.1, chapter 13): a
 * message-driven bean that implements it receives mail.
 *
 * <p>The SMTP reply to the end of the message is the outcome of the JTA transaction in which {@link
 * #onMail} ran. The sender gets {@code 250} only after that transaction has committed, and keeps
 * its copy until then. All work for the message must therefore be done before {@code onMail}
 * returns, on the calling thread: the work of other threads is not part of the transaction.
 */
public interface MailListener {

  /**
   * Takes delivery of one message.
   *
   * <p>Returning normally accepts the message, provided that the transaction then commits. If the
   * transaction is marked for rollback, times out or fails to commit, the sender gets {@code 451
   * 4.3.0} and tries again later. The same applies to any exception other than {@link
   * MailRefusedException}.
   *
   * @param mail the message; the message and its streams can be read until this method returns
   * @throws MailRefusedException to refuse the message with a reply of the bean's choice:
   *     permanently by {@link MailRejectedException}, temporarily by {@link MailDeferredException}.
   *     The transaction is rolled back.
   */
  void onMail(Mail mail) throws MailRefusedException;
}
