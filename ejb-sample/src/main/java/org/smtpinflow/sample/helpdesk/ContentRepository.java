// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Keeps octets in the database, one part on the heap at a time. */
@Stateless
public class ContentRepository {

  @PersistenceContext private EntityManager entityManager;

  /**
   * Copies a stream to its end into the database, in the transaction of the caller.
   *
   * @throws UncheckedIOException if the stream cannot be read. The container rolls the transaction
   *     back, as the exception is unchecked.
   */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public StoredContent keep(InputStream in) {
    StoredContent content = new StoredContent();
    entityManager.persist(content);
    try {
      int number = 0;
      for (byte[] octets = next(in); octets.length > 0; octets = next(in)) {
        write(new ContentPart(content, number++, octets));
        content.grow(octets.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static byte[] next(InputStream in) throws IOException {
    return in.readNBytes(ContentPart.MAX_OCTETS);
  }

  /** Sends the part to the database now and forgets it. */
  private void write(ContentPart part) {
    entityManager.persist(part);
    entityManager.flush();
    entityManager.detach(part);
  }

  /**
   * Reads one part of a content, in a transaction of its own. So a client that downloads for an
   * hour holds no connection to the database.
   *
   * @param contentId the id of the content
   * @param number the number of the part, from 0
   * @return the octets, or empty after the last part
   */
  public Optional<byte[]> part(long contentId, int number) {
    return Optional.ofNullable(
            entityManager.find(ContentPart.class, new ContentPart.Key(contentId, number)))
        .map(ContentPart::octets);
  }
}
