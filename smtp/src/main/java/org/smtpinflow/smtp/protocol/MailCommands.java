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

  /**
   * How many recipients of a transaction may be answered 4yz, as in Postfix: a client may send all
   * recipients of a message before it reads that only some are accepted.
   */
  private static final int MAX_DEFERRED = 1000;

  private final SessionConfig config;
  private final ClientState client;
  private final ContentStore store;
  private final InstantSource clock;
  private final SessionState state;
  private final SessionOutput output;

  private int transactions;

  MailCommands(
      SessionConfig config,
      ClientState client,
      ContentStore store,
      InstantSource clock,
      SessionState state,
      SessionOutput output) {
    this.config = config;
    this.client = client;
    this.store = store;
    this.clock = clock;
    this.state = state;
    this.output = output;
  }

  void mail(String argument) throws CommandRefusedException {
    // RFC 9422, section 4.1: a MAIL that fails counts as well.
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
    state.beginTransaction(new MailTransaction(envelope));
    output.reply(Replies.SENDER_OK);
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
    MailTransaction mail = state.transaction();
    mail.nameRecipient();
    PathArgument path = parsePath(argument, "TO:");
    RcptParameters parameters = RcptParameters.parse(path.parameters(), mail.isSmtpUtf8());
    Recipient recipient = parameters.recipient(path.forwardPath(mail.isSmtpUtf8()));
    if (mail.recipients() >= config.limits().recipients()) {
      throw refuse(
          mail.deferRecipient() > MAX_DEFERRED
              ? Replies.TOO_MANY_JUNK_COMMANDS
              : Replies.TOO_MANY_RECIPIENTS);
    }
    state.await(
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
    state.resume();
    MailTransaction mail = state.transaction();
    if (decision instanceof RecipientDecision.Accepted accepted) {
      mail.accept(recipient, accepted.acceptance());
    }
    output.reply(decision.reply());
    if (decision instanceof RecipientDecision.Refused refused
        && !refused.reply().isPermanentFailure()
        && mail.deferRecipient() > MAX_DEFERRED) {
      output.reply(Replies.TOO_MANY_JUNK_COMMANDS);
    }
  }

  void data() throws CommandRefusedException {
    MailTransaction mail = state.transaction();
    if (mail.body() == BodyType.BINARY_MIME) {
      throw refuse(Replies.BINARY_NEEDS_BDAT);
    }
    IncomingContent content = beginContent(mail, mail.declaredSize());
    if (content.refusal().isPresent()) {
      throw refuse(content.refusal().get());
    }
    state.beginContent(new DataReader(content, config.bareNewlines()));
    output.reply(Replies.START_CONTENT);
  }

  /** Begins a chunk of the message. */
  void bdat(ChunkArgument chunk) throws CommandRefusedException {
    read(chunk, chunksOf(state.transaction(), chunk));
  }

  /** Reads and discards a refused chunk (RFC 3030, section 2). */
  void skip(ChunkArgument chunk, Reply refusal) {
    read(chunk, new BdatReader(IncomingContent.refused(refusal), false));
  }

  private void read(ChunkArgument chunk, BdatReader chunks) {
    chunks.begin(chunk);
    state.beginContent(chunks);
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
        IncomingContent.open(store, config.limits(), expectedSize, traceFields, completion);
    mail.begin(id, now, content);
    return content;
  }

  /** Reads content. Returns false if more input is needed to continue. */
  boolean readContent(ByteBuf input) {
    ContentReader current = state.reader();
    IncomingContent content = current.content();
    if (!content.needsFlush()) {
      current.read(input);
    }
    if (current.ended() && current.isLast() && !content.needsFlush()) {
      content.end();
    }
    if (content.needsFlush()) {
      state.await(new Step.AwaitFlush(content.sink()));
      return true;
    }
    if (!current.ended()) {
      return false;
    }
    state.endContent();
    endContent(content.refusal(), current.isLast());
    if (current.isJunk()) {
      output.countJunkCommand();
    }
    return true;
  }

  void flushed(boolean successful) {
    state.resume();
    if (!successful) {
      state.reader().content().refuse(Replies.INSUFFICIENT_STORAGE);
    }
  }

  /** Replies to content that has been read: a chunk, or the whole message. */
  private void endContent(Optional<Reply> refusal, boolean last) {
    if (refusal.isPresent()) {
      refuseContent(refusal.get(), last);
    } else if (last) {
      state.await(new Step.AskMessage(state.transaction().received(client.client(), isLmtp())));
    } else {
      output.reply(Replies.CHUNK_RECEIVED);
    }
  }

  private void refuseContent(Reply refusal, boolean last) {
    int recipients = state.recipients();
    boolean forEach = last && isLmtp() && recipients > 0;
    output.reply(Collections.nCopies(forEach ? recipients : 1, refusal));
    endTransaction();
    if (!last) {
      state.refuseFurtherChunks(recipients);
    }
  }

  /** Sends the replies to the message, which end its transaction. */
  void answerMessage(List<Reply> replies) {
    state.resume();
    if (replies.stream().anyMatch(Reply::isPositive)) {
      output.messageAccepted();
    }
    output.reply(replies);
    endTransaction();
  }

  /** Ends the transaction, if one is open. */
  void endTransaction() {
    state.endTransaction();
    output.transactionEnded();
  }

  private boolean isLmtp() {
    return config.service() == Service.LMTP;
  }
}
