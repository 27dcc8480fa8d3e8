// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.smtpinflow.smtp.protocol.CommandRefusedException.refuse;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Envelope;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.api.ReversePath;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;
import org.smtpinflow.smtp.protocol.SessionConfig.Service;

/** The commands of mail transactions: MAIL, RCPT, DATA and BDAT, and the content that follows. */
final class MailCommands {

  private final SessionConfig config;
  private final ClientState client;
  private final ContentStore store;
  private final InstantSource clock;
  private final SessionOutput dialogue;

  private Optional<MailTransaction> transaction = Optional.empty();

  /** What reads the input while it is content; empty while it is commands. */
  private Optional<ContentReader> reader = Optional.empty();

  /** The recipients of a message of which a chunk was refused that was not the last. */
  private Optional<Integer> recipientsOfRefusedChunks = Optional.empty();

  private int transactions;

  MailCommands(
      SessionConfig config,
      ClientState client,
      ContentStore store,
      InstantSource clock,
      SessionOutput dialogue) {
    this.config = config;
    this.client = client;
    this.store = store;
    this.clock = clock;
    this.dialogue = dialogue;
  }

  TransactionState sequence() {
    if (transaction.isPresent()) {
      return transaction.get().sequence();
    }
    return recipientsOfRefusedChunks.isPresent()
        ? TransactionState.CHUNKS_REFUSED
        : TransactionState.READY;
  }

  boolean isTransactionOpen() {
    return transaction.isPresent();
  }

  void mail(String argument) throws CommandRefusedException {
    // RFC 9422, section 4.1: those that fail count too.
    if (++transactions > config.limits().transactions()) {
      throw refuse(Replies.TOO_MANY_TRANSACTIONS);
    }
    PathArgument path = parsePath(argument, "FROM:");
    Extensions extensions = new Extensions(config, client.channel());
    MailParameters parameters = MailParameters.parse(path.parameters(), extensions);
    long limit = config.limits().messageSize();
    if (parameters.size().orElse(0) > limit) {
      throw refuse(Replies.tooBig(limit));
    }
    ReversePath reversePath = path.reversePath(parameters.smtpUtf8());
    checkSender(reversePath);
    Envelope envelope = parameters.envelope(reversePath, client.identity().isPresent());
    transaction = Optional.of(new MailTransaction(envelope));
    recipientsOfRefusedChunks = Optional.empty();
    dialogue.reply(Replies.SENDER_OK);
  }

  private void checkSender(ReversePath path) throws CommandRefusedException {
    Optional<Client.Identity> identity = client.identity();
    if (config.authentication().senderMustMatch()
        && identity.isPresent()
        && !SenderPolicy.isAllowed(path, identity.get(), config.serverName())) {
      throw refuse(Replies.NOT_OWN_SENDER);
    }
  }

  void rcpt(String argument) throws CommandRefusedException {
    MailTransaction mail = transaction.orElseThrow();
    mail.nameRecipient();
    PathArgument path = parsePath(argument, "TO:");
    RcptParameters parameters = RcptParameters.parse(path.parameters(), mail.isSmtpUtf8());
    Recipient recipient = parameters.recipient(path.forwardPath(mail.isSmtpUtf8()));
    if (mail.recipients() >= config.limits().recipients()) {
      throw refuse(Replies.TOO_MANY_RECIPIENTS);
    }
    dialogue.ask(
        new Step.AskRecipient(new RecipientRequest(client.client(), mail.envelope(), recipient)));
  }

  private PathArgument parsePath(String argument, String prefix) throws CommandRefusedException {
    PathArgument path = PathArgument.parse(argument, prefix);
    if (!client.isExtended() && !path.parameters().isBlank()) {
      throw refuse(Replies.PARAMETERS_NEED_EHLO);
    }
    return path;
  }

  void answerRecipient(Recipient recipient, RecipientDecision decision) {
    dialogue.resume();
    if (decision instanceof RecipientDecision.Accepted accepted) {
      transaction.orElseThrow().accept(recipient, accepted.acceptance());
    }
    dialogue.reply(decision.reply());
  }

  void data() throws CommandRefusedException {
    MailTransaction mail = transaction.orElseThrow();
    if (mail.body() == BodyType.BINARY_MIME) {
      throw refuse(Replies.BINARY_NEEDS_BDAT);
    }
    IncomingContent content = beginContent(mail, mail.declaredSize());
    if (content.refusal().isPresent()) {
      throw refuse(content.refusal().get());
    }
    reader = Optional.of(new DataReader(content, config.bareNewlines()));
    dialogue.reply(Replies.START_CONTENT);
  }

  /** Begins a chunk of the message. */
  void bdat(ChunkArgument chunk) throws CommandRefusedException {
    read(chunk, chunksOf(transaction.orElseThrow(), chunk));
  }

  /** Reads a chunk over that is refused (RFC 3030, section 2). */
  void skip(ChunkArgument chunk, Reply refusal) {
    read(chunk, new BdatReader(IncomingContent.refused(refusal), false));
  }

  private void read(ChunkArgument chunk, BdatReader chunks) {
    chunks.begin(chunk);
    reader = Optional.of(chunks);
  }

  private BdatReader chunksOf(MailTransaction mail, ChunkArgument chunk)
      throws CommandRefusedException {
    long limit = config.limits().messageSize();
    if (chunk.size() > limit) {
      throw refuse(Replies.tooBig(limit));
    }
    if (mail.chunks().isEmpty()) {
      boolean refuseBare =
          config.bareNewlines() == BareNewlines.REFUSE && mail.body() != BodyType.BINARY_MIME;
      long expected = Math.max(mail.declaredSize(), chunk.size());
      mail.begin(new BdatReader(beginContent(mail, expected), refuseBare));
    }
    return mail.chunks().orElseThrow();
  }

  private IncomingContent beginContent(MailTransaction mail, long expectedSize) {
    Instant now = clock.instant();
    String id = MailId.next(now);
    byte[] traceFields =
        config.traceFields()
            ? TraceFields.format(config, client, mail.envelope(), id, now)
            : new byte[0];
    Optional<HeaderCompletion> completion =
        config.service() == Service.SUBMISSION
            ? Optional.of(new HeaderCompletion(config.serverName(), id, now))
            : Optional.empty();
    IncomingContent content =
        IncomingContent.open(
            store, config.limits().messageSize(), expectedSize, traceFields, completion);
    mail.begin(id, now, content);
    return content;
  }

  boolean isReadingContent() {
    return reader.isPresent();
  }

  /** Reads what it can of content. Returns false if there is not enough input to go on. */
  boolean readContent(ByteBuf input) {
    ContentReader current = reader.orElseThrow();
    IncomingContent content = current.content();
    if (!content.needsFlush()) {
      current.read(input);
    }
    if (current.ended() && current.isLast() && !content.needsFlush()) {
      content.end();
    }
    if (content.needsFlush()) {
      dialogue.ask(new Step.AwaitFlush(content.sink()));
      return true;
    }
    if (!current.ended()) {
      return false;
    }
    reader = Optional.empty();
    endContent(content.refusal(), current.isLast());
    return true;
  }

  void flushed(boolean successful) {
    dialogue.resume();
    if (!successful) {
      reader.orElseThrow().content().refuse(Replies.INSUFFICIENT_STORAGE);
    }
  }

  /** Replies to content that has been read, all of it or a chunk. */
  private void endContent(Optional<Reply> refusal, boolean last) {
    if (refusal.isPresent()) {
      refuseContent(refusal.get(), last);
    } else if (last) {
      dialogue.ask(
          new Step.AskMessage(transaction.orElseThrow().received(client.client(), isLmtp())));
    } else {
      dialogue.reply(Replies.CHUNK_RECEIVED);
    }
  }

  private void refuseContent(Reply refusal, boolean last) {
    int recipients =
        transaction.map(MailTransaction::recipients).or(() -> recipientsOfRefusedChunks).orElse(0);
    boolean forEach = last && isLmtp() && recipients > 0;
    dialogue.reply(Collections.nCopies(forEach ? recipients : 1, refusal));
    endTransaction();
    recipientsOfRefusedChunks = last ? Optional.empty() : Optional.of(recipients);
  }

  /** Says what became of the message. */
  void answerMessage(List<Reply> replies) {
    dialogue.resume();
    if (replies.stream().anyMatch(Reply::isPositive)) {
      dialogue.forgetErrors();
    }
    dialogue.reply(replies);
    endTransaction();
  }

  /** Ends the transaction, if one is open. */
  void endTransaction() {
    discardContent();
    transaction = Optional.empty();
    recipientsOfRefusedChunks = Optional.empty();
    dialogue.transactionEnded();
  }

  /** Throws away what was not handed over. */
  void discardContent() {
    transaction.ifPresent(MailTransaction::discardContent);
  }

  private boolean isLmtp() {
    return config.service() == Service.LMTP;
  }
}
