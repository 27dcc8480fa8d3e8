// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
   * Sends the event {@code ticket} with the data {@code {"id": 12}} when a message was filed with
   * that ticket or the state of an answer in it changed, and {@code note} for a note to the
   * postmaster. The client fetches what is new.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @Context SseEventSink sink, @Context Sse sse, @Context HttpServletRequest request) {
    broadcaster.add(sink, sse, request.getRemoteAddr());
  }
}
