// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/**
 * Decides whether a command is allowed now: whether the listener offers it, the session is secure
 * enough for it, and the mail transaction is ready for it.
 */
final class CommandPolicy {

  private final SessionConfig config;
  private final ClientState client;

  CommandPolicy(SessionConfig config, ClientState client) {
    this.config = config;
    this.client = client;
  }

  void check(Verb verb, TransactionState transaction) throws CommandRefusedException {
    checkService(verb);
    checkTls(verb);
    switch (verb) {
      case STARTTLS -> checkStartTls(transaction);
      case AUTH -> checkAuth(transaction);
      case MAIL, RCPT, DATA, BDAT -> checkMail(verb, transaction);
      default -> {}
    }
  }

  /** RFC 2033, section 4.1: LHLO takes the place of EHLO and HELO. */
  private void checkService(Verb verb) throws CommandRefusedException {
    switch (verb) {
      case EHLO, HELO -> require(!isLmtp(), Replies.LMTP_WANTS_LHLO);
      case LHLO -> require(isLmtp(), Replies.UNKNOWN_COMMAND);
      default -> {}
    }
  }

  /** RFC 3207, section 4, lists the commands that need no TLS; HELO is as harmless as EHLO. */
  private void checkTls(Verb verb) throws CommandRefusedException {
    switch (verb) {
      case EHLO, HELO, LHLO, STARTTLS, NOOP, QUIT, UNKNOWN, HTTP -> {}
      default -> {
        boolean missing = config.tls() == TlsPolicy.REQUIRED && client.channel().isEmpty();
        require(!missing, Replies.TLS_REQUIRED);
      }
    }
  }

  private void checkStartTls(TransactionState transaction) throws CommandRefusedException {
    require(client.channel().isEmpty(), Replies.ALREADY_IN_TLS);
    require(config.tls().offersStartTls(), Replies.NOT_IMPLEMENTED);
    checkExtension(transaction);
  }

  private void checkAuth(TransactionState transaction) throws CommandRefusedException {
    require(!config.authentication().mechanisms().isEmpty(), Replies.NOT_IMPLEMENTED);
    if (client.channel().isEmpty()) {
      // Never in clear text, whatever the mechanism is.
      throw refuse(
          config.tls().offersStartTls() ? Replies.ENCRYPTION_REQUIRED : Replies.NOT_IMPLEMENTED);
    }
    checkExtension(transaction);
    require(client.identity().isEmpty(), Replies.ALREADY_AUTHENTICATED);
  }

  /** The command of an extension needs EHLO, and is not allowed in a mail transaction. */
  private void checkExtension(TransactionState transaction) throws CommandRefusedException {
    checkHello();
    require(client.isExtended(), Replies.NO_EHLO);
    require(!transaction.isInTransaction(), Replies.IN_TRANSACTION);
  }

  private void checkMail(Verb verb, TransactionState transaction) throws CommandRefusedException {
    checkHello();
    boolean anonymous = client.identity().isEmpty();
    require(!anonymous || !config.authentication().required(), Replies.AUTHENTICATION_REQUIRED);
    transaction.check(verb, config.service());
  }

  private void checkHello() throws CommandRefusedException {
    require(client.saidHello(), isLmtp() ? Replies.NO_LHLO : Replies.NO_HELLO);
  }

  private boolean isLmtp() {
    return config.service() == Service.LMTP;
  }

  private static void require(boolean legal, Reply refusal) throws CommandRefusedException {
    if (!legal) {
      throw refuse(refusal);
    }
  }
}
