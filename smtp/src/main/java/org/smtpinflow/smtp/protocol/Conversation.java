// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.api.BodyType;
import org.smtpinflow.api.Client;
import org.smtpinflow.api.Recipient;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;

/** What was said in a session so far, what it meant, and what is to be done next. */
final class Conversation {

  private static final Step NEED_INPUT = new Step.NeedInput();
  private static final Step CLOSE = new Step.Close();

  private final SessionConfig config;
  private final InetSocketAddress remoteAddress;
  private final Client.Listener listener;
  private final ContentStore store;
  private final InstantSource clock;
  private final ReplyQueue replies = new ReplyQueue();

  private Step step = NEED_INPUT;

  /** Who the client says it is; empty before EHLO or HELO. */
  private Optional<Client> client = Optional.empty();

  /** Whether it said EHLO, not HELO. */
  private boolean extended;

  private Optional<MailTransaction> transaction = Optional.empty();

  /** What reads the input while it is content; empty while it is commands. */
  private Optional<ContentReader> reader = Optional.empty();

  /** Whether a chunk was refused that was not the last of its message. */
  private boolean chunksRefused;

  /** Whether the last command was a DATA that was refused. */
  private boolean dataRefused;

  private boolean draining;
  private int transactions;
  private int errors;

  Conversation(
      SessionConfig config,
      InetSocketAddress remoteAddress,
      Client.Listener listener,
      ContentStore store,
      InstantSource clock) {
    this.config = config;
    this.remoteAddress = remoteAddress;
    this.listener = listener;
    this.store = store;
    this.clock = clock;
  }

  Step step() {
    return step;
  }

  void drainReplies(ByteBuf target) {
    replies.drainTo(target);
  }

  void greet() {
    reply(Replies.greeting(config.serverName()));
  }

  /** Does what a command asks for, or says why not. */
  void obey(CommandLine command) {
    if (dataRefused && command.verb() == Verb.UNKNOWN) {
      reply(Replies.OUT_OF_STEP);
      return;
    }
    dataRefused = false;
    try {
      if (command.verb() != Verb.BDAT) {
        sequence().check(command.verb());
      }
      act(command);
    } catch (CommandRefusedException e) {
      dataRefused = command.verb() == Verb.DATA;
      refuse(e);
    }
  }

  /**
   * Refuses a line that is not a command.
   *
   * <p>If it comes right after a refused DATA, it is taken for the beginning of content that the
   * client did not wait to be asked for, and ends the session: no line of a message is ever obeyed
   * as a command. Input that was there together with DATA would be a sign of such a client too, but
   * a sign that depends on how the network cut the input.
   */
  void refuseLine(CommandRefusedException e) {
    if (dataRefused) {
      reply(Replies.OUT_OF_STEP);
    } else {
      refuse(e);
    }
  }

  private void refuse(CommandRefusedException e) {
    reply(e.reply());
    if (e.isOutOfStep()) {
      reply(Replies.OUT_OF_STEP);
    }
  }

  private void act(CommandLine command) throws CommandRefusedException {
    String argument = command.argument();
    switch (command.verb()) {
      case EHLO -> hello(argument, true);
      case HELO -> hello(argument, false);
      case MAIL -> mail(argument);
      case RCPT -> rcpt(argument);
      case DATA -> data(argument);
      case BDAT -> bdat(argument);
      case RSET -> rset(argument);
      case QUIT -> quit(argument);
      case VRFY -> vrfy(argument);
      case NOOP -> reply(Replies.OK);
      case HELP -> reply(Replies.HELP);
      case NOT_OFFERED -> reply(Replies.NOT_IMPLEMENTED);
      case HTTP -> reply(Replies.NOT_HTTP);
      case UNKNOWN -> reply(Replies.UNKNOWN_COMMAND);
    }
  }

  /**
   * Takes any name. Many that honest clients give are not even domains, and RFC 5321, section
   * 4.1.4, forbids to refuse mail because of a name that does not hold; so a check would only look
   * like one.
   */
  private void hello(String name, boolean ehlo) throws CommandRefusedException {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw refuse(Replies.badArgument("The client's name must be one word of printable ASCII"));
    }
    client =
        Optional.of(new Client(remoteAddress, name, Optional.empty(), Optional.empty(), listener));
    extended = ehlo;
    List<String> lines = new ArrayList<>();
    lines.add(config.serverName());
    if (ehlo) {
      lines.addAll(Extensions.of(config.limits()));
    }
    reply(Replies.hello(lines));
    endTransaction();
  }

  private void mail(String argument) throws CommandRefusedException {
    // RFC 9422, section 4.1: those that fail count too.
    if (++transactions > config.limits().transactions()) {
      throw refuse(Replies.TOO_MANY_TRANSACTIONS);
    }
    PathArgument path = parsePath(argument, "FROM:");
    MailParameters parameters = MailParameters.parse(path.parameters());
    long limit = config.limits().messageSize();
    if (parameters.size().orElse(0) > limit) {
      throw refuse(Replies.tooBig(limit));
    }
    transaction =
        Optional.of(
            new MailTransaction(parameters.envelope(path.reversePath(parameters.smtpUtf8()))));
    chunksRefused = false;
    reply(Replies.SENDER_OK);
  }

  private void rcpt(String argument) throws CommandRefusedException {
    MailTransaction mail = transaction.orElseThrow();
    mail.nameRecipient();
    PathArgument path = parsePath(argument, "TO:");
    RcptParameters parameters = RcptParameters.parse(path.parameters(), mail.isSmtpUtf8());
    Recipient recipient = parameters.recipient(path.forwardPath(mail.isSmtpUtf8()));
    if (mail.recipients() >= config.limits().recipients()) {
      throw refuse(Replies.TOO_MANY_RECIPIENTS);
    }
    step =
        new Step.AskRecipient(
            new RecipientRequest(client.orElseThrow(), mail.envelope(), recipient));
  }

  private PathArgument parsePath(String argument, String prefix) throws CommandRefusedException {
    PathArgument path = PathArgument.parse(argument, prefix);
    if (!extended && !path.parameters().isBlank()) {
      throw refuse(Replies.PARAMETERS_NEED_EHLO);
    }
    return path;
  }

  void answerRecipient(Recipient recipient, Reply reply) {
    step = NEED_INPUT;
    if (reply.isPositive()) {
      transaction.orElseThrow().accept(recipient);
    }
    reply(reply);
  }

  private void data(String argument) throws CommandRefusedException {
    requireNone(argument);
    MailTransaction mail = transaction.orElseThrow();
    if (mail.body() == BodyType.BINARY_MIME) {
      throw refuse(Replies.BINARY_NEEDS_BDAT);
    }
    IncomingContent content = beginContent(mail, mail.declaredSize());
    if (content.refusal().isPresent()) {
      throw refuse(content.refusal().get());
    }
    reader = Optional.of(new DataReader(content, config.bareNewlines()));
    reply(Replies.START_CONTENT);
  }

  /** The octets that follow are read even if the command is refused (RFC 3030, section 2). */
  private void bdat(String argument) throws CommandRefusedException {
    ChunkArgument chunk = ChunkArgument.parse(argument);
    BdatReader chunks;
    try {
      sequence().check(Verb.BDAT);
      chunk.check();
      chunks = chunksOf(transaction.orElseThrow(), chunk);
    } catch (CommandRefusedException e) {
      chunks = new BdatReader(IncomingContent.refused(e.reply()), false);
    }
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
            ? TraceFields.format(
                config.serverName(), client.orElseThrow(), extended, mail.envelope(), id, now)
            : new byte[0];
    IncomingContent content =
        IncomingContent.open(store, config.limits().messageSize(), expectedSize, traceFields);
    mail.begin(id, now, content);
    return content;
  }

  private void rset(String argument) throws CommandRefusedException {
    requireNone(argument);
    reply(Replies.OK);
    endTransaction();
  }

  private void quit(String argument) throws CommandRefusedException {
    requireNone(argument);
    reply(Replies.GOODBYE);
  }

  private void vrfy(String argument) throws CommandRefusedException {
    if (argument.isEmpty()) {
      throw refuse(Replies.badArgument("VRFY needs an argument"));
    }
    reply(Replies.CANNOT_VERIFY);
  }

  private static void requireNone(String argument) throws CommandRefusedException {
    if (!argument.isEmpty()) {
      throw refuse(Replies.badArgument("The command takes no argument"));
    }
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
    if (current.ended() && current.isLast()) {
      content.end();
    }
    if (content.needsFlush()) {
      step = new Step.AwaitFlush(content.sink());
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
    step = NEED_INPUT;
    if (!successful) {
      reader.orElseThrow().content().refuse(Replies.INSUFFICIENT_STORAGE);
    }
  }

  /** Replies to content that has been read, all of it or a chunk. */
  private void endContent(Optional<Reply> refusal, boolean last) {
    if (refusal.isPresent()) {
      reply(refusal.get());
      endTransaction();
      chunksRefused = !last;
    } else if (last) {
      step = new Step.AskMessage(transaction.orElseThrow().received(client.orElseThrow()));
    } else {
      reply(Replies.CHUNK_RECEIVED);
    }
  }

  void answerMessage(Reply reply) {
    step = NEED_INPUT;
    if (reply.isPositive()) {
      errors = 0;
    }
    reply(reply);
    endTransaction();
  }

  private void endTransaction() {
    transaction.ifPresent(MailTransaction::discardContent);
    transaction = Optional.empty();
    chunksRefused = false;
    if (draining) {
      reply(Replies.SHUTTING_DOWN);
    }
  }

  void drain() {
    draining = true;
    if (transaction.isEmpty()) {
      reply(Replies.SHUTTING_DOWN);
    }
  }

  /** Says the last word. */
  void end(Reply farewell) {
    reply(farewell);
  }

  /** Ends without a word. */
  void abort() {
    step = CLOSE;
    transaction.ifPresent(MailTransaction::discardContent);
  }

  private Sequence sequence() {
    if (client.isEmpty()) {
      return Sequence.START;
    }
    if (transaction.isPresent()) {
      return transaction.get().sequence();
    }
    return chunksRefused ? Sequence.CHUNKS_REFUSED : Sequence.READY;
  }

  /** Puts a reply into the output, unless the last word has been said. */
  private void reply(Reply reply) {
    if (step == CLOSE) {
      return;
    }
    replies.add(reply);
    if (reply.isFarewell()) {
      abort();
    } else if (isError(reply) && ++errors >= config.limits().errors()) {
      reply(Replies.TOO_MANY_ERRORS);
    }
  }

  /** A client that pipelines chunks sends some more before it can know that one was refused. */
  private static boolean isError(Reply reply) {
    return reply.isPermanentFailure() && !reply.equals(Replies.ALREADY_REFUSED);
  }

  private static CommandRefusedException refuse(Reply reply) {
    return new CommandRefusedException(reply);
  }
}
