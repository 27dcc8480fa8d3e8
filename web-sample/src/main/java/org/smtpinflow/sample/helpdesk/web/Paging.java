// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.smtpinflow.sample.helpdesk.Page;

/**
 * The parameters of a request for one page of a list: {@code limit} entries (1 to {@value
 * #MAX_LIMIT}, by default {@value #DEFAULT_LIMIT}) whose id is lower than {@code before}. If the
 * entries are long, a {@link Page} has fewer of them.
 *
 * <p>If the list continues, the response has a {@code Link} field (RFC 8288) with {@code
 * rel="next"}.
 */
public class Paging {

  private static final int MAX_LIMIT = 100;
  private static final String DEFAULT_LIMIT = "50";

  @QueryParam("limit")
  @DefaultValue(DEFAULT_LIMIT)
  private String limit;

  @QueryParam("before")
  @DefaultValue("" + Long.MAX_VALUE)
  private String before;

  @Context private UriInfo uriInfo;

  int limit() {
    return (int) number("limit", limit, 1, MAX_LIMIT);
  }

  long before() {
    return number("before", before, 0, Long.MAX_VALUE);
  }

  /** Makes the response, with a link to the next page if there is one. */
  <T> Response response(Page<T> page, ToLongFunction<T> id, Function<T, JsonObject> json) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    page.entries().forEach(entry -> array.add(json.apply(entry)));
    Response.ResponseBuilder response = Response.ok(array.build());
    if (page.more()) {
      response.links(next(id.applyAsLong(page.entries().get(page.entries().size() - 1))));
    }
    return response.build();
  }

  private Link next(long lastId) {
    URI uri = uriInfo.getRequestUriBuilder().replaceQueryParam("before", lastId).build();
    return Link.fromUri(uri).rel("next").build();
  }

  /**
   * Reads a whole number.
   *
   * @throws jakarta.ws.rs.WebApplicationException for the response 400, if the value is not a
   *     number within the bounds
   */
  static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Handled below, like a number out of bounds.
    }
    throw Errors.badRequest(
        name + " is '" + value + "'; it must be a number from " + least + " to " + most);
  }
}
