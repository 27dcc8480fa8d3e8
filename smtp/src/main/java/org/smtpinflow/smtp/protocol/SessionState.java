// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import java.util.Optional;
import org.smtpinflow.smtp.sasl.SaslExchange;

/**
 * What a session is doing: what it waits for, what the next octets of its input are, and where its
 * mail transaction stands. The only place that knows it.
 */
final class SessionState {

  private static final Step NEED_INPUT = new Step.NeedInput();
  private static final Step CLOSE = new Step.Close();

  private Step step = NEED_INPUT;

  /** The reader of content; empty while the input consists of lines. */
  private Optional<ContentReader> reader = Optional.empty();

  /** The SASL exchange to which the next line belongs; empty while lines are commands. */
  private Optional<SaslExchange> exchange = Optional.empty();

  private Optional<MailTransaction> transaction = Optional.empty();

  /** The recipients of a message whose chunk was refused before the last one. */
  private Optional<Integer> recipientsOfRefusedChunks = Optional.empty();

  private boolean draining;

  /** Returns what the session needs next. */
  Step step() {
    return step;
  }

  boolean needsInput() {
    return step == NEED_INPUT;
  }

  boolean isClosed() {
    return step == CLOSE;
  }

  boolean isStartingTls() {
    return step instanceof Step.StartTls;
  }

  /** Waits until the driver has answered a question. */
  void await(Step question) {
    step = question;
  }

  /** Goes on after the answer. */
  void resume() {
    step = NEED_INPUT;
  }

  /** Ends the session, and discards content that was not handed over. */
  void close() {
    step = CLOSE;
    discardContent();
  }

  /** Asks the session to end as soon as it is not {@linkplain #isBusy busy}. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** Returns whether a mail transaction is open or a TLS handshake is in progress. */
  boolean isBusy() {
    return transaction.isPresent() || isStartingTls();
  }

  boolean isReadingContent() {
    return reader.isPresent();
  }

  ContentReader reader() {
    return reader.orElseThrow();
  }

  /** Makes the next octets content. */
  void beginContent(ContentReader contentReader) {
    reader = Optional.of(contentReader);
  }

  /** Makes the next octets a command. */
  void endContent() {
    reader = Optional.empty();
  }

  boolean isAuthenticating() {
    return exchange.isPresent();
  }

  SaslExchange exchange() {
    return exchange.orElseThrow();
  }

  void beginAuthentication(SaslExchange saslExchange) {
    exchange = Optional.of(saslExchange);
  }

  void endAuthentication() {
    exchange = Optional.empty();
  }

  /**
   * Returns the state of the mail transactions, which determines the commands that may come next.
   */
  TransactionState transactionState() {
    if (transaction.isPresent()) {
      return transaction.get().state();
    }
    return recipientsOfRefusedChunks.isPresent()
        ? TransactionState.CHUNKS_REFUSED
        : TransactionState.READY;
  }

  /** Returns the mail transaction, which must be open. */
  MailTransaction transaction() {
    return transaction.orElseThrow();
  }

  void beginTransaction(MailTransaction mail) {
    transaction = Optional.of(mail);
    recipientsOfRefusedChunks = Optional.empty();
  }

  /** Ends the transaction, if one is open, and forgets refused chunks. */
  void endTransaction() {
    discardContent();
    transaction = Optional.empty();
    recipientsOfRefusedChunks = Optional.empty();
  }

  /** Remembers a transaction that ended because a chunk before the last one was refused. */
  void refuseFurtherChunks(int recipients) {
    recipientsOfRefusedChunks = Optional.of(recipients);
  }

  /** Returns the recipients of the message that is arriving, or of which chunks are refused. */
  int recipients() {
    return transaction
        .map(MailTransaction::recipients)
        .or(() -> recipientsOfRefusedChunks)
        .orElse(0);
  }

  private void discardContent() {
    transaction.ifPresent(MailTransaction::discardContent);
  }
}
