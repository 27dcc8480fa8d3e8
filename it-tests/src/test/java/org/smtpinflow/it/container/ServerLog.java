// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.container;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.smtpinflow.it.environment.Await;

/** What the application server has logged since this was made. */
public final class ServerLog {

  /** The time with which each server begins a record, at the start of a line. */
  private static final Pattern START =
      Pattern.compile(
          "^(?=\\d{4}-\\d\\d-\\d\\d |\\d\\d-\\p{Alpha}{3}-\\d{4} |\\[\\d)", Pattern.MULTILINE);

  /** What the servers call the levels that the adapter logs at. */
  public enum Level {
    WARNING("WARN|\\[WARNING]| W "),
    INFO("INFO|\\[INFO]| I "),
    DEBUG("DEBUG|\\[FINE]| FINE |  1 ");

    private final Pattern names;

    Level(String names) {
      this.names = Pattern.compile(names);
    }
  }

  private final Path file;
  private final long start;

  /** That of a server that a test runs. */
  public ServerLog(Path file) {
    this.file = file;
    start = file.toFile().length();
  }

  public ServerLog() {
    this(Container.underTest().log());
  }

  /** Those of the server under test: the usual one, and those for what is of finer levels. */
  public static List<ServerLog> all() {
    return Container.underTest().logs().stream().map(ServerLog::new).toList();
  }

  /** That of the server for the tests that need one of their own. */
  public static ServerLog ofSecondServer() {
    return new ServerLog(Container.underTest().logOfSecond());
  }

  /** Returns the records, each with all its lines. */
  public List<String> records() {
    return List.of(START.split(text()));
  }

  /** Returns the records of a level. */
  public List<String> records(Level level) {
    return records().stream()
        .filter(record -> level.names.matcher(record.lines().findFirst().orElse("")).find())
        .toList();
  }

  /**
   * Returns all of it, or of the file that the server has begun since; nothing if it has made none.
   */
  public String text() {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long from = reader.length() < start ? 0 : start;
      byte[] octets = new byte[(int) (reader.length() - from)];
      reader.seek(from);
      reader.readFully(octets);
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a text, because containers write to their log after the event. */
  public void await(String text) {
    Await.until("'" + text + "' in the log", () -> text().contains(text));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
