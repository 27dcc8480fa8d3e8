// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Turns every failure into a response such as {@code {"status": 404, "error": "There is no ticket
 * 12"}}. Unexpected exceptions are logged and not shown to the client.
 */
@Provider
public class Errors implements ExceptionMapper<Exception> {

  private static final Logger LOG = System.getLogger(Errors.class.getName());

  static WebApplicationException notFound(String error) {
    return new WebApplicationException(error, response(Response.Status.NOT_FOUND, error));
  }

  static WebApplicationException badRequest(String error) {
    return new WebApplicationException(error, response(Response.Status.BAD_REQUEST, error));
  }

  @Override
  public Response toResponse(Exception exception) {
    if (exception instanceof WebApplicationException known) {
      Response response = known.getResponse();
      return response.hasEntity() ? response : withReason(response);
    }
    LOG.log(Level.ERROR, "A request to the help desk failed", exception);
    return response(Response.Status.INTERNAL_SERVER_ERROR, "The help desk has a problem");
  }

  /** Adds a body and keeps header fields such as Allow. */
  private static Response withReason(Response response) {
    Response.StatusType status = response.getStatusInfo();
    return Response.fromResponse(response)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body(status, status.getReasonPhrase()))
        .build();
  }

  private static Response response(Response.StatusType status, String error) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body(status, error))
        .build();
  }

  private static JsonObject body(Response.StatusType status, String error) {
    return Json.createObjectBuilder()
        .add("status", status.getStatusCode())
        .add("error", error)
        .build();
  }
}
