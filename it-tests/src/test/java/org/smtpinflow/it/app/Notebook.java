// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.app;

import jakarta.ejb.EJBException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.smtpinflow.api.Mail;

/** Where beans write down the mails they saw, in their transaction: the table {@code sighting}. */
public final class Notebook {

  /** Content up to this many octets is written down itself, beside its digest. */
  private static final long MAX_STORED = 1 << 20;

  private final DataSource database;

  /** Writes to a datasource of the server. */
  public Notebook(DataSource database) {
    this.database = database;
  }

  /** Writes down a mail. */
  public void note(String bean, Mail mail) {
    note(bean, mail, Map.of());
  }

  /** Writes down a mail, and what else the bean found out about it. */
  public void note(String bean, Mail mail, Map<String, String> facts) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into sighting (bean, mail_id, recipients, size, sha256, content, facts)"
                    + " values (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, bean);
      insert.setString(2, mail.id());
      insert.setString(3, recipients(mail));
      insert.setLong(4, mail.size());
      insert.setString(5, sha256(mail.content()));
      insert.setBytes(6, mail.size() <= MAX_STORED ? mail.content().readAllBytes() : null);
      insert.setString(7, lines(facts));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new EJBException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says how many beans have written down a mail, those of this transaction included. */
  public int count(Mail mail) {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select count(*) from sighting where mail_id = ?")) {
      query.setString(1, mail.id());
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    } catch (SQLException e) {
      throw new EJBException(e);
    }
  }

  private static String recipients(Mail mail) {
    return mail.envelope().recipients().stream()
        .map(recipient -> recipient.path().toString())
        .collect(Collectors.joining(","));
  }

  private static String lines(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + "=" + fact.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Reads a stream to its end, and returns the SHA-256 of its octets, in hexadecimal digits. */
  public static String sha256(InputStream octets) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      octets.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-256.
      throw new AssertionError(e);
    }
  }
}
