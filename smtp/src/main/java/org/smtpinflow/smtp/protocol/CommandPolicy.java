// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import org.smtpinflow.smtp.protocol.SessionConfig.Service;
import org.smtpinflow.smtp.protocol.SessionConfig.TlsPolicy;

/**
 * Whether a command may come now: the listener has it, the session is as safe as it must be, and it
 * is the command's turn.
 */
final class CommandPolicy {

  private final SessionConfig config;
  private final ClientState client;

  CommandPolicy(SessionConfig config, ClientState client) {
    this.config = config;
    this.client = client;
  }

  void check(Verb verb, TransactionState sequence) throws CommandRefusedException {
    checkService(verb);
    checkTls(verb);
    switch (verb) {
      case STARTTLS -> checkStartTls(sequence);
      case AUTH -> checkAuth(sequence);
      case MAIL, RCPT, DATA, BDAT -> checkMail(verb, sequence);
      default -> {}
    }
  }

  /** RFC 2033, section 4.1: LHLO is in the place of EHLO and HELO. */
  private void checkService(Verb verb) throws CommandRefusedException {
    switch (verb) {
      case EHLO, HELO -> require(!isLmtp(), Replies.LMTP_WANTS_LHLO);
      case LHLO -> require(isLmtp(), Replies.UNKNOWN_COMMAND);
      default -> {}
    }
  }

  /** RFC 3207, section 4, has those commands that need no TLS; HELO is as harmless as EHLO. */
  private void checkTls(Verb verb) throws CommandRefusedException {
    switch (verb) {
      case EHLO, HELO, LHLO, STARTTLS, NOOP, QUIT, UNKNOWN, HTTP -> {}
      default -> {
        boolean missing = config.tls() == TlsPolicy.REQUIRED && client.channel().isEmpty();
        require(!missing, Replies.TLS_REQUIRED);
      }
    }
  }

  private void checkStartTls(TransactionState sequence) throws CommandRefusedException {
    require(client.channel().isEmpty(), Replies.ALREADY_IN_TLS);
    require(config.tls().offersStartTls(), Replies.NOT_IMPLEMENTED);
    checkExtension(sequence);
  }

  private void checkAuth(TransactionState sequence) throws CommandRefusedException {
    require(!config.authentication().mechanisms().isEmpty(), Replies.NOT_IMPLEMENTED);
    if (client.channel().isEmpty()) {
      // Never in clear text, whatever the mechanism.
      throw refuse(
          config.tls().offersStartTls() ? Replies.ENCRYPTION_REQUIRED : Replies.NOT_IMPLEMENTED);
    }
    checkExtension(sequence);
    require(client.identity().isEmpty(), Replies.ALREADY_AUTHENTICATED);
  }

  /** A command that came with an extension needs EHLO, and is not for mail transactions. */
  private void checkExtension(TransactionState sequence) throws CommandRefusedException {
    checkHello();
    require(client.isExtended(), Replies.NO_EHLO);
    require(!sequence.isInTransaction(), Replies.IN_TRANSACTION);
  }

  private void checkMail(Verb verb, TransactionState sequence) throws CommandRefusedException {
    checkHello();
    boolean anonymous = client.identity().isEmpty();
    require(!anonymous || !config.authentication().required(), Replies.AUTHENTICATION_REQUIRED);
    sequence.check(verb, config.service());
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
