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

/** The connection to one open page. It is closed when it fails, or does not keep up. */
final class OpenPage {

  private static final int MAX_UNSENT = 100;
  private static final int RECONNECT_MILLIS = 2000;

  private final SseEventSink sink;
  private final Sse sse;
  private final Consumer<OpenPage> onClose;
  private final AtomicInteger unsent = new AtomicInteger();

  /**
   * Takes the connection over.
   *
   * @param onClose called, perhaps more than once, when the page is gone
   */
  OpenPage(SseEventSink sink, Sse sse, Consumer<OpenPage> onClose) {
    this.sink = sink;
    this.sse = sse;
    this.onClose = onClose;
  }

  /** Makes the server send the header of the response now. */
  void greet() {
    send(sse.newEventBuilder().comment("welcome").reconnectDelay(RECONNECT_MILLIS).build());
  }

  void tell(DeskUpdate update) {
    send(
        sse.newEventBuilder()
            .name(update.kind().name().toLowerCase(Locale.ROOT))
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(Json.createObjectBuilder().add("id", update.id()).build().toString())
            .build());
  }

  /** A connection that is dead tells so only when something is sent. */
  void beat() {
    send(sse.newEventBuilder().comment("still here").build());
  }

  private void send(OutboundSseEvent event) {
    if (unsent.incrementAndGet() > MAX_UNSENT) {
      close();
      return;
    }
    try {
      sink.send(event).whenComplete((sent, failure) -> onSent(failure));
    } catch (IllegalStateException e) {
      // The sink was closed by the server.
      close();
    }
  }

  private void onSent(Throwable failure) {
    unsent.decrementAndGet();
    if (failure != null) {
      close();
    }
  }

  void close() {
    onClose.accept(this);
    sink.close();
  }
}
