// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.smtpinflow.sample.helpdesk.ArchivedMail;
import org.smtpinflow.sample.helpdesk.PostmasterNote;
import org.smtpinflow.sample.helpdesk.StoredMails;

/** Mail that is in no ticket: the notes to the postmaster and the archive, the newest first. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StoredMailResource {

  @Inject private StoredMails mails;
  @Inject private Downloads downloads;

  /** Returns an array of the notes to the postmaster, without their text. */
  @GET
  @Path("postmaster")
  public Response notes(@BeanParam Paging paging) {
    return paging.response(
        mails.notes(paging.before(), paging.limit()), PostmasterNote::id, JsonView::noteSummary);
  }

  /** Returns a note to the postmaster. */
  @GET
  @Path("postmaster/{id}")
  public JsonObject note(@PathParam("id") long id) {
    return JsonView.note(findNote(id));
  }

  /** Returns a note to the postmaster as it arrived, octet for octet. */
  @GET
  @Path("postmaster/{id}/content")
  @Produces("message/rfc822")
  public Response noteContent(@PathParam("id") long id) {
    return downloads.mail(findNote(id).original(), "postmaster-" + id + ".eml");
  }

  private PostmasterNote findNote(long id) {
    return mails
        .note(id)
        .orElseThrow(() -> Errors.notFound("There is no note " + id + " to the postmaster"));
  }

  /** Returns an array of the mails in the archive. */
  @GET
  @Path("archive")
  public Response archive(@BeanParam Paging paging) {
    return paging.response(
        mails.archive(paging.before(), paging.limit()), ArchivedMail::id, JsonView::archived);
  }

  /** Returns the envelope of a mail in the archive. */
  @GET
  @Path("archive/{id}")
  public JsonObject archived(@PathParam("id") long id) {
    return JsonView.archived(findArchived(id));
  }

  /** Returns a mail in the archive as it arrived, octet for octet. */
  @GET
  @Path("archive/{id}/content")
  @Produces("message/rfc822")
  public Response archivedContent(@PathParam("id") long id) {
    return downloads.mail(findArchived(id).original(), "archive-" + id + ".eml");
  }

  private ArchivedMail findArchived(long id) {
    return mails
        .archived(id)
        .orElseThrow(() -> Errors.notFound("There is no mail " + id + " in the archive"));
  }
}
