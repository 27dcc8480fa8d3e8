// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.smtpinflow.smtp.content.Content;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.content.ContentStore;
import org.smtpinflow.smtp.content.InsufficientStorageException;
import org.smtpinflow.smtp.protocol.SessionConfig.Limits;

/**
 * The content of one message while it arrives. It goes to a sink until it is refused. From then on
 * it is only read, and nothing of it is kept.
 */
final class IncomingContent {

  private final long limit;
  private final HeaderLimiter header;
  private final Optional<HeaderCompletion> completion;

  /** Null before it is opened, and after it was handed over or discarded. */
  private ContentSink sink;

  private Optional<Reply> refusal = Optional.empty();
  private long size;
  private boolean completed;
  private boolean ended;

  private IncomingContent(long limit, HeaderLimiter header, Optional<HeaderCompletion> completion) {
    this.limit = limit;
    this.header = header;
    this.completion = completion;
  }

  /**
   * Begins content that is to be kept, or refuses it at once if there is no space.
   *
   * @param limits octets and fields that the content may have, without those that the server adds
   * @param expectedSize octets that the client announced, or 0
   * @param traceFields the fields to put in front of it
   * @param completion adds fields that the header lacks, if such fields are to be added
   */
  static IncomingContent open(
      ContentStore store,
      Limits limits,
      long expectedSize,
      byte[] traceFields,
      Optional<HeaderCompletion> completion) {
    HeaderLimiter header = new HeaderLimiter(limits.headerSize(), limits.headerFields());
    IncomingContent content = new IncomingContent(limits.messageSize(), header, completion);
    try {
      content.sink = store.open(expectedSize);
      content.sink.write(Unpooled.wrappedBuffer(traceFields));
    } catch (InsufficientStorageException e) {
      content.refuse(Replies.INSUFFICIENT_STORAGE);
    }
    return content;
  }

  /** Begins content that is refused before it arrives. */
  static IncomingContent refused(Reply reply) {
    IncomingContent content =
        new IncomingContent(Long.MAX_VALUE, new HeaderLimiter(0, 0), Optional.empty());
    content.refuse(reply);
    return content;
  }

  /** Announces the next octets: the message is refused now if they are too many. */
  void announce(long octets) {
    if (octets > limit - size) {
      refuse(Replies.tooBig(limit));
    }
  }

  /** Takes the readable octets of {@code run}, and moves its reader index past them. */
  void write(ByteBuf run) {
    if (refusal.isEmpty()) {
      checkLimits(run);
    }
    size += run.readableBytes();
    if (sink == null || !run.isReadable()) {
      run.skipBytes(run.readableBytes());
      return;
    }
    keep(completion.isPresent() ? completion.get().complete(run) : run);
  }

  /** The limit that is reached first counts, however the network segments the content. */
  private void checkLimits(ByteBuf run) {
    int withinHeader = header.octetsWithinLimits(run);
    if (withinHeader < limit - size) {
      refuse(header.refusal());
    } else if (run.readableBytes() > limit - size) {
      refuse(Replies.tooBig(limit));
    }
  }

  private void keep(ByteBuf octets) {
    try {
      sink.write(octets);
    } catch (InsufficientStorageException e) {
      refuse(Replies.INSUFFICIENT_STORAGE);
    }
  }

  /** Refuses the message, unless it was refused before, and gives its space back. */
  void refuse(Reply reply) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(reply);
    }
    discard();
  }

  Optional<Reply> refusal() {
    return refusal;
  }

  /**
   * Ends the content. A flush may be due after it. If so, this must be called again after the
   * flush.
   */
  void end() {
    if (sink != null && !completed) {
      completed = true;
      completion.ifPresent(header -> keep(header.end()));
    }
    if (sink != null && !ended && !needsFlush()) {
      ended = true;
      sink.end();
    }
  }

  boolean needsFlush() {
    return sink != null && sink.needsFlush();
  }

  /** Returns the sink of content that is not refused. */
  ContentSink sink() {
    return sink;
  }

  /** Returns what was written; the caller owns it. */
  Content toContent() {
    Content content = sink.content();
    sink = null;
    return content;
  }

  /** Throws away what was written, unless it was given away. */
  void discard() {
    if (sink != null) {
      sink.discard();
      sink = null;
    }
  }
}
