// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures all log records, of all loggers at all levels, while it is open. */
public final class CapturedLog extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("org.smtpinflow.smtp");
  private final Level formerRoot = root.getLevel();
  private final Level formerOurs = ours.getLevel();
  private final List<LogRecord> records = new ArrayList<>();

  public CapturedLog() {
    setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    root.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord logged) {
    records.add(logged);
  }

  /** Returns all records with their exceptions, as a log file would show them. */
  public synchronized String text() {
    SimpleFormatter formatter = new SimpleFormatter();
    StringBuilder text = new StringBuilder();
    records.forEach(logged -> text.append(formatter.format(logged)));
    return text.toString();
  }

  /** Returns the messages of warnings and errors. */
  public synchronized List<String> warnings() {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream()
        .filter(logged -> logged.getLevel().intValue() >= Level.WARNING.intValue())
        .map(formatter::formatMessage)
        .toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(formerRoot);
    ours.setLevel(formerOurs);
  }
}
