// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.kill;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the sample, read without the server.
 *
 * @param url the JDBC URL
 */
record HelpDeskDatabase(String url, String user, String password) {

  /** A mail counts if its content is whole. */
  private static final String COUNTS =
      """
      select m.envelope_sender, count(*) from %s m join helpdesk_content c on c.id = m.original_id
      where c.octets = (
        select sum(octet_length(%s)) from helpdesk_content_part p where p.content_id = c.id)
      group by m.envelope_sender
      """;

  /** Returns the number of mails by reverse-path, for the tickets and for the archive. */
  List<Map<String, Integer>> tables() {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      return List.of(
          counts(connection, "helpdesk_message"), counts(connection, "helpdesk_archive"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Integer> counts(Connection connection, String table) throws SQLException {
    // A large object is a number on PostgreSQL.
    String octets = url.startsWith("jdbc:postgresql:") ? "lo_get(p.octets)" : "p.octets";
    Map<String, Integer> counts = new HashMap<>();
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(COUNTS.formatted(table, octets))) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    return counts;
  }
}
