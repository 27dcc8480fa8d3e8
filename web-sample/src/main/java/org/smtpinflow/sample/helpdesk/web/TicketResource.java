// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.smtpinflow.sample.helpdesk.Attachment;
import org.smtpinflow.sample.helpdesk.StoredContent;
import org.smtpinflow.sample.helpdesk.Ticket;
import org.smtpinflow.sample.helpdesk.TicketMessage;
import org.smtpinflow.sample.helpdesk.Tickets;
import org.smtpinflow.sample.helpdesk.outbox.Outbox;

/** The tickets, their messages, and the files in the messages. */
@Path("tickets")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TicketResource {

  private static final int MAX_QUERY = 200;

  @Inject private Tickets tickets;
  @Inject private Outbox outbox;
  @Inject private Downloads downloads;

  /**
   * Returns an array of tickets, the newest first: those with {@code q} in the subject, sender,
   * recipients or text of one of their messages.
   */
  @GET
  public Response find(@QueryParam("q") @DefaultValue("") String q, @BeanParam Paging paging) {
    if (q.length() > MAX_QUERY) {
      throw Errors.badRequest("q has " + q.length() + " characters; at most " + MAX_QUERY);
    }
    return paging.response(
        tickets.find(q, paging.before(), paging.limit()), Ticket::id, JsonView::summary);
  }

  /**
   * Returns a ticket with at most {@code limit} of its messages, from number {@code from} on. If
   * they are long, there are fewer of them, but at least one. {@code messageCount} is the number of
   * all messages of the ticket.
   */
  @GET
  @Path("{id}")
  public JsonObject ticket(
      @PathParam("id") long id,
      @QueryParam("from") @DefaultValue("1") String from,
      @BeanParam Paging paging) {
    int first = (int) Paging.number("from", from, 1, Integer.MAX_VALUE);
    Ticket ticket =
        tickets.ticket(id).orElseThrow(() -> Errors.notFound("There is no ticket " + id));
    List<TicketMessage> messages = tickets.messages(id, first, paging.limit()).entries();
    return JsonView.ticket(ticket, messages, outbox.answersAmong(messages));
  }

  /** Returns a message as it arrived, octet for octet. */
  @GET
  @Path("{id}/messages/{n}/content")
  @Produces("message/rfc822")
  public Response original(@PathParam("id") long id, @PathParam("n") int n) {
    StoredContent content =
        tickets
            .original(id, n)
            .orElseThrow(() -> Errors.notFound("Ticket " + id + " has no message " + n));
    return downloads.mail(content, "ticket-" + id + "-" + n + ".eml");
  }

  /** Returns a file that came with a message. */
  @GET
  @Path("{id}/messages/{n}/attachments/{k}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response attachment(
      @PathParam("id") long id, @PathParam("n") int n, @PathParam("k") int k) {
    Attachment attachment =
        tickets
            .attachment(id, n, k)
            .orElseThrow(
                () ->
                    Errors.notFound(
                        "Message " + n + " of ticket " + id + " has no attachment " + k));
    return downloads.file(attachment.content(), attachment.name());
  }
}
