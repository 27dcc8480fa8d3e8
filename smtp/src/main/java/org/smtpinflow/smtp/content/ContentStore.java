// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.content;

/** Keeps the content of messages between their arrival and the reply, under one budget. */
public interface ContentStore {

  /**
   * Begins the content of a message. Does not block.
   *
   * @param expectedSize how many octets the client has announced; 0 if unknown
   * @throws InsufficientStorageException if that would exceed the budget
   */
  ContentSink open(long expectedSize) throws InsufficientStorageException;
}
