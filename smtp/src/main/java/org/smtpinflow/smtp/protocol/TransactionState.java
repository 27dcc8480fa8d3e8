// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import org.smtpinflow.smtp.protocol.SessionConfig.Service;

/**
 * The state of the mail transactions of a session, which determines the mail commands that may come
 * next (RFC 5321, section 4.1.4).
 */
enum TransactionState {
  /** No mail transaction is open. */
  READY,
  /** MAIL was accepted, and there was no RCPT yet. */
  SENDER,
  /** Every RCPT was refused. */
  NO_RECIPIENT,
  /** At least one RCPT was accepted. */
  RECIPIENTS,
  /** At least one chunk has arrived, but not the last one. */
  CHUNKS,
  /** A refused chunk has ended the transaction, but more chunks may follow. */
  CHUNKS_REFUSED;

  /** Returns whether a mail transaction is open. */
  boolean isInTransaction() {
    return this != READY && this != CHUNKS_REFUSED;
  }

  /** Checks that a command is allowed now. Commands that are not named here are always allowed. */
  void check(Verb verb, Service service) throws CommandRefusedException {
    switch (verb) {
      case MAIL -> checkMail();
      case RCPT -> checkRcpt();
      case DATA -> checkContent(service);
      case BDAT -> {
        if (this != CHUNKS) {
          checkContent(service);
        }
      }
      default -> {}
    }
  }

  private void checkMail() throws CommandRefusedException {
    switch (this) {
      case READY, CHUNKS_REFUSED -> {}
      case SENDER, NO_RECIPIENT, RECIPIENTS, CHUNKS -> throw refuse(Replies.NESTED_MAIL);
    }
  }

  private void checkRcpt() throws CommandRefusedException {
    switch (this) {
      case SENDER, NO_RECIPIENT, RECIPIENTS -> {}
      case READY -> throw refuse(Replies.NO_MAIL);
      case CHUNKS -> throw refuse(Replies.CONTENT_BEGUN);
      case CHUNKS_REFUSED -> throw refuse(Replies.ALREADY_REFUSED);
    }
  }

  private void checkContent(Service service) throws CommandRefusedException {
    switch (this) {
      case RECIPIENTS -> {}
      case READY -> throw refuse(Replies.NO_MAIL);
      case SENDER -> throw refuse(Replies.NO_RECIPIENT);
      // If there was no RCPT at all, section 3.3 demands another reply; so does RFC 2033, section
      // 4.2.
      case NO_RECIPIENT ->
          throw refuse(
              service == Service.LMTP
                  ? Replies.NO_VALID_RECIPIENTS_IN_LMTP
                  : Replies.NO_VALID_RECIPIENTS);
      case CHUNKS -> throw refuse(Replies.CONTENT_BEGUN);
      case CHUNKS_REFUSED -> throw refuse(Replies.ALREADY_REFUSED);
    }
  }
}
