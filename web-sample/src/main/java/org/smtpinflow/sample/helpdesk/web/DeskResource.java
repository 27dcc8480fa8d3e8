// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says where the desk takes mail, for the page to show. */
@Path("desk")
@Produces(MediaType.APPLICATION_JSON)
public class DeskResource {

  /** Returns {@code smtp}, the host and port from the system property {@code helpdesk.smtp}. */
  @GET
  public JsonObject desk() {
    return Json.createObjectBuilder()
        .add("smtp", System.getProperty("helpdesk.smtp", "localhost:2525"))
        .build();
  }
}
