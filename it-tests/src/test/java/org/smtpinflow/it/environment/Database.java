// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.environment;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;

/**
 * The database behind the application server's default datasource. It runs here, in the process of
 * the tests, so that it outlives applications and servers, and can be asked for what was committed.
 */
public final class Database {

  private static final String URL = "jdbc:h2:mem:it;DB_CLOSE_DELAY=-1";

  private Database() {}

  /** Makes the database, and returns the server through which others can use it. */
  public static Server start() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table sighting (id identity, bean varchar, mail_id varchar, recipients varchar,"
              + " size bigint, sha256 varchar, content blob, facts varchar)");
      statement.execute("create index sighting_mail on sighting (mail_id)");
      return Server.createTcpServer("-tcpPort", String.valueOf(TestEnvironment.DATABASE_PORT))
          .start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the URL by which an application server reaches it. */
  public static String remoteUrl() {
    return "jdbc:h2:tcp://127.0.0.1:" + TestEnvironment.DATABASE_PORT + "/mem:it";
  }

  /** Returns the archive with its driver. */
  public static Path driver() {
    return Path.of(
        URI.create(
            org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(URL, "sa", "sa");
  }

  /** Returns everything that beans recorded about a mail, in the order of recording. */
  public static List<Sighting> sightings(String mailId) {
    return select("mail_id = ?", mailId);
  }

  /** Returns what all beans wrote down of the mails to a recipient. */
  public static List<Sighting> sightingsOfRecipient(String mailbox) {
    return select("position(?, recipients) > 0", "<" + mailbox + ">");
  }

  /** Returns how often a bean wrote down a mail, for each mail that one did. */
  public static Map<String, Integer> countsByMail() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    try (Connection connection = connect();
        Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery("select mail_id, count(*) from sighting group by mail_id")) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Sighting> select(String condition, String argument) {
    try (Connection connection = connect();
        PreparedStatement query =
            connection.prepareStatement(
                "select * from sighting where " + condition + " order by id")) {
      query.setString(1, argument);
      List<Sighting> sightings = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          sightings.add(sighting(rows));
        }
      }
      return sightings;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Sighting sighting(ResultSet row) throws SQLException {
    byte[] content = row.getBytes("content");
    return new Sighting(
        row.getString("bean"),
        row.getString("mail_id"),
        List.of(row.getString("recipients").split(",", -1)),
        row.getLong("size"),
        row.getString("sha256"),
        content == null ? "" : new String(content, StandardCharsets.ISO_8859_1),
        facts(row.getString("facts")));
  }

  private static Map<String, String> facts(String lines) {
    Map<String, String> facts = new LinkedHashMap<>();
    lines
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                facts.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return facts;
  }
}
