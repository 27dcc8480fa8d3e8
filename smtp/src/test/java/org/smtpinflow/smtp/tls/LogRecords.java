// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.tls;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps all log records while it is open, down to the finest level. */
public final class LogRecords extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("org.smtpinflow.smtp");
  private final Level before = logger.getLevel();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** Begins to keep records. */
  public LogRecords() {
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
  }

  /**
   * Returns the lines that contain a text, each beginning with the level of {@code
   * java.util.logging}.
   */
  public List<String> with(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
