// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A run of at most {@value #MAX_OCTETS} octets of a {@link StoredContent}. */
@Entity
@Table(name = "helpdesk_content_part")
@IdClass(ContentPart.Key.class)
class ContentPart {

  /**
   * A message of 50 MiB is a few hundred rows. A row is small enough for any database, and a
   * hundred of them for the heap.
   */
  static final int MAX_OCTETS = 256 * 1024;

  @Id
  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "content_id")
  private StoredContent content;

  @Id
  @Column(name = "part_number")
  private int number;

  /**
   * A large object, although it fits into a plain column. H2 writes large objects once, but the
   * rows of a large transaction twice. That takes so much heap that eight mails of 50 MiB at once
   * fail with 256 MiB.
   */
  @Lob
  @Column(nullable = false, length = MAX_OCTETS)
  private byte[] octets;

  /** For the persistence provider. */
  protected ContentPart() {}

  ContentPart(StoredContent content, int number, byte[] octets) {
    this.content = content;
    this.number = number;
    this.octets = octets;
  }

  byte[] octets() {
    return octets;
  }

  /** The primary key, as Jakarta Persistence demands for an entity with two id fields. */
  static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long content;
    private int number;

    protected Key() {}

    Key(long content, int number) {
      this.content = content;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && content == key.content && number == key.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(content, number);
    }
  }
}
