// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.smtpinflow.sample.helpdesk.DeskUpdate;

/** The event stream of one open page. It is closed when it fails or the page is too slow. */
final class OpenPage {

  private static final int MAX_UNSENT = 100;

  private final SseEventSink sink;
  private final Sse sse;
  private final Consumer<OpenPage> onClose;
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Takes over a stream.
   *
   * @param onClose called when the page is gone, perhaps more than once
   */
  OpenPage(SseEventSink sink, Sse sse, Consumer<OpenPage> onClose) {
    this.sink = sink;
    this.sse = sse;
    this.onClose = onClose;
  }

  /** Makes the container send the header of the response now. */
  void greet() {
    send(sse.newEventBuilder().comment("welcome").build());
  }

  void tell(DeskUpdate update) {
    send(
        sse.newEventBuilder()
            .name(update.kind().name().toLowerCase(Locale.ROOT))
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(Json.createObjectBuilder().add("id", update.id()).build().toString())
            .build());
  }

  /** Sends a comment, because a dead connection is noticed only when something is sent. */
  void beat() {
    send(sse.newEventBuilder().comment("still here").build());
  }

  private void send(OutboundSseEvent event) {
    if (closed) {
      return;
    }
    if (unsent.incrementAndGet() > MAX_UNSENT) {
      giveUp();
    }
    try {
      sink.send(event).whenComplete((sent, failure) -> onSent(failure));
    } catch (IllegalStateException e) {
      onSent(e);
    }
  }

  private void onSent(Throwable failure) {
    if (failure != null) {
      giveUp();
    }
    if (unsent.decrementAndGet() == 0 && closed) {
      sink.close();
    }
  }

  /**
   * Closes the stream when all events were sent or have failed. Closing it earlier would block
   * until then, which the client can delay at will.
   */
  void close() {
    giveUp();
    if (unsent.get() == 0) {
      sink.close();
    }
  }

  private void giveUp() {
    closed = true;
    onClose.accept(this);
  }
}
