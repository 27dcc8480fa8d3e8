// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** The live feed of the page. */
@Path("events")
@RequestScoped
public class EventResource {

  @Inject private Broadcaster broadcaster;

  /**
   * Sends an event {@code ticket} with the data {@code {"id": 12}} whenever a message was filed
   * with that ticket, or an answer in it was sent or was not, and {@code note} likewise for a note
   * to the postmaster. It only says that something is new; what it is has to be fetched.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) {
    broadcaster.add(sink, sse);
  }
}
