// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Finds mail that is in no ticket, for the web tier: the notes to the postmaster, the archive. */
@Stateless
public class StoredMails {

  @PersistenceContext private EntityManager entityManager;

  /**
   * Returns notes to the postmaster, the newest first.
   *
   * @param before only notes with a lower id; for the next page, the id of the last note so far
   * @param limit how many at most
   */
  public Page<PostmasterNote> notes(long before, int limit) {
    return newest(PostmasterNote.class, before, limit);
  }

  /** Finds a note to the postmaster. */
  public Optional<PostmasterNote> note(long id) {
    return one(PostmasterNote.class, id);
  }

  /**
   * Returns mails in the archive, the newest first.
   *
   * @param before only mails with a lower id; for the next page, the id of the last mail so far
   * @param limit how many at most
   */
  public Page<ArchivedMail> archive(long before, int limit) {
    return newest(ArchivedMail.class, before, limit);
  }

  /** Finds a mail in the archive. */
  public Optional<ArchivedMail> archived(long id) {
    return one(ArchivedMail.class, id);
  }

  private <T extends StoredMail> Page<T> newest(Class<T> type, long before, int limit) {
    List<Long> characters = recipients(type, before, limit + 1);
    int count = Math.min(limit, Page.fitting(characters));
    String query =
        "select p from %s p join fetch p.original where p.id < :before order by p.id desc";
    List<T> mails =
        entityManager
            .createQuery(query.formatted(type.getSimpleName()), type)
            .setParameter("before", before)
            .setMaxResults(count)
            .getResultList();
    return new Page<>(mails, characters.size() > count);
  }

  /** Returns the characters of the recipients, the only field that can be long here. */
  private List<Long> recipients(Class<? extends StoredMail> type, long before, int limit) {
    String query = "select length(p.recipients) from %s p where p.id < :before order by p.id desc";
    List<?> lengths =
        entityManager
            .createQuery(query.formatted(type.getSimpleName()))
            .setParameter("before", before)
            .setMaxResults(limit)
            .getResultList();
    return lengths.stream().map(length -> ((Number) length).longValue()).toList();
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
