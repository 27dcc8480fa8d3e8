// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The address of the desk's SMTP server, which the page shows. */
@Path("desk")
@Produces(MediaType.APPLICATION_JSON)
public class DeskResource {

  /** The adapter's property of this name overrides its default port. */
  private static final String PORT_PROPERTY = "smtp-inflow.smtpPort";

  private static final String DEFAULT_PORT = "2525";

  /**
   * Returns {@code smtp}: host and port. The port is right if it is the default one or is set by
   * the system property.
   */
  @GET
  public JsonObject desk() {
    return Json.createObjectBuilder()
        .add("smtp", "localhost:" + System.getProperty(PORT_PROPERTY, DEFAULT_PORT))
        .build();
  }
}
