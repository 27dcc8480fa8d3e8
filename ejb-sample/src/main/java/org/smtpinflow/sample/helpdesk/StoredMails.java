// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Finds what is kept beside the tickets, for the web tier: the postmaster's notes, the archive. */
@Stateless
public class StoredMails {

  @PersistenceContext private EntityManager entityManager;

  /**
   * Returns notes to the postmaster, the newest first.
   *
   * @param before only notes with a lower id: for the next page, that of the last note so far
   * @param limit how many at most
   */
  public List<PostmasterNote> notes(long before, int limit) {
    return newest(PostmasterNote.class, before, limit);
  }

  /** Finds a note to the postmaster. */
  public Optional<PostmasterNote> note(long id) {
    return one(PostmasterNote.class, id);
  }

  /**
   * Returns mails in the archive, the newest first.
   *
   * @param before only mails with a lower id: for the next page, that of the last mail so far
   * @param limit how many at most
   */
  public List<ArchivedMail> archive(long before, int limit) {
    return newest(ArchivedMail.class, before, limit);
  }

  /** Finds a mail in the archive. */
  public Optional<ArchivedMail> archived(long id) {
    return one(ArchivedMail.class, id);
  }

  private <T extends StoredMail> List<T> newest(Class<T> type, long before, int limit) {
    String query =
        "select p from %s p join fetch p.original where p.id < :before order by p.id desc";
    return entityManager
        .createQuery(query.formatted(type.getSimpleName()), type)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  private <T extends StoredMail> Optional<T> one(Class<T> type, long id) {
    String query = "select p from %s p join fetch p.original where p.id = :id";
    return entityManager
        .createQuery(query.formatted(type.getSimpleName()), type)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }
}
