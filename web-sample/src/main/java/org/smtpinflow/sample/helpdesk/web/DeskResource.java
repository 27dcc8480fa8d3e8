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

  /**
   * Returns {@code smtp}, a host and port: those of the adapter when they are its system
   * property's.
   */
  @GET
  public JsonObject desk() {
    return Json.createObjectBuilder()
        .add("smtp", "localhost:" + ReadyNotice.port("smtpPort", "2525"))
        .build();
  }
}
